// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Testing

@Suite("A simulated cloud's configuration")
struct SimulatedCloudTests {
    private let lane = CloudLane(deployments: ["gpt"], kind: .onDemand, tokensPerMinute: 1)

    @Test("needs a lane, plain names, limits in range and each deployment once")
    func checks() {
        func message(_ make: () throws(CloudError) -> SimulatedCloud) -> String? {
            do {
                _ = try make()
                return nil
            } catch {
                return error.message
            }
        }
        let lane = lane
        #expect(
            message { () throws(CloudError) in try SimulatedCloud(name: "c", dialect: .openai, lanes: []) }
                == "c has no lane; give at least one"
        )
        #expect(
            message { () throws(CloudError) in try SimulatedCloud(name: "a b", dialect: .openai, lanes: [lane]) }
                == "the cloud's name is \"a b\"; use letters, digits and - . _ : /"
        )
        #expect(
            message { () throws(CloudError) in try SimulatedCloud(name: "c", dialect: .openai, lanes: [lane, lane]) }
                == "deployment gpt is in two lanes of c; keep one"
        )
        #expect(
            message { () throws(CloudError) in
                try SimulatedCloud(name: "c", dialect: .openai, lanes: [lane], speed: 0)
            } == "speed is 0; give a whole number from 1 to 10000"
        )
        let negative = CloudLane(deployments: ["gpt"], kind: .onDemand, tokensPerMinute: -1)
        #expect(
            message { () throws(CloudError) in try SimulatedCloud(name: "c", dialect: .openai, lanes: [negative]) }
                == "a limit of lane gpt is -1; give a whole number from 0 to 1000000000"
        )
    }
}
