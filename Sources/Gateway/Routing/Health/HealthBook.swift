// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Records

/// What one event loop has met of deployments and accounts that do not work.
///
/// What works has no entry, so that requests to a healthy deployment pay nothing. Health chooses among what a decision
/// lists; it never makes anything permitted.
struct HealthBook {
    /// Who is meant: a deployment, and the credential that it is reached with.
    struct Subject {
        var deployment: String
        var credential: String
    }

    /// How a deployment may be used now.
    enum Admission: Equatable {
        case open
        /// Its rest is over; the next request finds out.
        case probe
        /// It rests for a reason; `isFinal` where nobody would answer, or only to refuse us.
        case resting(PassedOver.Reason, isFinal: Bool)
    }

    /// What the attempt must give back.
    struct Probe: Equatable {
        fileprivate var deployment: String?
        /// The credential, the deployment whose permission may be missing, or both.
        fileprivate var accounts: [String] = []
    }

    /// A change that people or metrics should learn of.
    enum Change: Equatable, Sendable {
        case deploymentRests, deploymentWorks
        case accountRests(String)
        case accountWorks(String)
    }

    private struct DeploymentHealth {
        var rest = Rest()
        /// Whether nobody answered at all the last time it failed.
        var isSilent = false
        /// Whether it has served since it last failed or refused.
        var isProven = true
    }

    private var deployments: [String: DeploymentHealth] = [:]
    private var accounts: [String: Rest] = [:]

    /// Whether nothing is known against anyone.
    var isAllWell: Bool { deployments.isEmpty && accounts.isEmpty }

    /// Whether a deployment has served since it last failed or refused, or has done neither.
    func isProven(_ deployment: String) -> Bool { deployments[deployment]?.isProven ?? true }

    func admission(_ subject: Subject, now: NIODeadline) -> Admission {
        let own = deployments[subject.deployment]
        let accountState = worst(
            accounts[subject.credential]?.admission(now: now), accounts[subject.deployment]?.admission(now: now))
        if accountState == .resting { return .resting(.account, isFinal: true) }
        switch own?.rest.admission(now: now) ?? .open {
        case .resting: return .resting(.failing, isFinal: own?.isSilent ?? false)
        case .probe: return .probe
        case .open: return accountState == .probe ? .probe : .open
        }
    }

    /// How long until a resting deployment is tried again, in milliseconds.
    func waitMilliseconds(_ subject: Subject, now: NIODeadline, limits: RoutingLimits) -> Int64 {
        var wait: Int64 = 0
        for name in [subject.credential, subject.deployment] {
            if let account = accounts[name], account.until != nil {
                wait = max(wait, account.waitMilliseconds(now: now, rule: limits.accountRest))
            }
        }
        if let own = deployments[subject.deployment], own.rest.until != nil {
            wait = max(wait, own.rest.waitMilliseconds(now: now, rule: limits.deploymentRest))
        }
        return wait
    }

    /// A request goes there; the probe, where it is one, must be given back through ``report(_:of:probe:limits:now:chance:)``
    /// or ``drop(_:)``.
    mutating func enter(_ subject: Subject, now: NIODeadline) -> Probe? {
        guard !isAllWell else { return nil }
        var probe = Probe()
        if deployments[subject.deployment]?.rest.admission(now: now) == .probe {
            deployments[subject.deployment]?.rest.beginProbe()
            probe.deployment = subject.deployment
        }
        for name in [subject.credential, subject.deployment] where accounts[name]?.admission(now: now) == .probe {
            accounts[name]?.beginProbe()
            probe.accounts.append(name)
        }
        return probe.deployment == nil && probe.accounts.isEmpty ? nil : probe
    }

    /// The probe ended without saying anything.
    mutating func drop(_ probe: Probe) {
        if let name = probe.deployment { deployments[name]?.rest.dropProbe() }
        for name in probe.accounts { accounts[name]?.dropProbe() }
    }

    /// The deployment answers, though the request is not over.
    mutating func answered(_ subject: Subject, probe: Probe?) -> [Change] {
        guard !isAllWell else { return [] }
        var changes: [Change] = []
        if deployments[subject.deployment]?.rest.answer(isProbe: probe?.deployment != nil) == true {
            changes.append(.deploymentWorks)
        }
        return changes + accountWorks(subject)
    }

    /// Takes in how an attempt ended.
    ///
    /// - Parameters:
    ///   - report: what its end says.
    ///   - subject: who is meant.
    ///   - probe: what ``enter(_:now:)`` gave and was not given back yet.
    ///   - limits: what holds now.
    ///   - now: the present.
    ///   - chance: from 0 to 1, for the length of a rest.
    /// - Returns: what changed by it.
    mutating func report(
        _ report: HealthReport, of subject: Subject, probe: Probe?, limits: RoutingLimits, now: NIODeadline,
        chance: Double
    ) -> [Change] {
        switch report {
        case .served:
            guard !isAllWell else { return [] }
            let hadRested = deployments.removeValue(forKey: subject.deployment)?.rest.until != nil
            return (hadRested ? [.deploymentWorks] : []) + accountWorks(subject)
        case .failed(let isSilent):
            for name in probe?.accounts ?? [] { accounts[name]?.dropProbe() }
            var health = deployments[subject.deployment] ?? DeploymentHealth()
            health.isProven = false
            let isProbe = probe?.deployment != nil
            if health.rest.until == nil || isProbe { health.isSilent = isSilent }
            let rests = health.rest.fail(
                isProbe: isProbe, rule: limits.deploymentRest, now: now, chance: chance)
            deployments[subject.deployment] = health
            return rests ? [.deploymentRests] : []
        case .account(let isWhole):
            let name = isWhole ? subject.credential : subject.deployment
            let probed = probe?.accounts ?? []
            for other in probed where other != name { accounts[other]?.dropProbe() }
            var health = deployments[subject.deployment] ?? DeploymentHealth()
            health.isProven = false
            // It answers: the way there works.
            let works = health.rest.answer(isProbe: probe?.deployment != nil)
            deployments[subject.deployment] = health
            let rests =
                accounts[name, default: Rest()].fail(
                    isProbe: probed.contains(name), rule: limits.accountRest, now: now, chance: chance)
            return (works ? [.deploymentWorks] : []) + (rests ? [.accountRests(name)] : [])
        case .refused, .answered:
            if report == .refused {
                deployments[subject.deployment, default: DeploymentHealth()].isProven = false
            }
            guard let probe else { return [] }
            let works = deployments[subject.deployment]?.rest.answer(isProbe: probe.deployment != nil) ?? false
            return (works ? [.deploymentWorks] : [])
                + (report == .answered(isAdmitted: false) ? dropAccounts(of: probe) : accountsAnswer(to: probe))
        case .nothing:
            if let probe { drop(probe) }
            return []
        }
    }

    /// Takes over what another event loop found out, so that not every loop has to find it out by its own requests.
    ///
    /// - Returns: whether it was news.
    mutating func adopt(
        _ change: Change, of deployment: String, isSilent: Bool, limits: RoutingLimits, now: NIODeadline, chance: Double
    ) -> Bool {
        switch change {
        case .deploymentRests:
            guard deployments[deployment]?.rest.until == nil else { return false }
            var health = deployments[deployment] ?? DeploymentHealth()
            health.isProven = false
            health.isSilent = isSilent
            health.rest.begin(rule: limits.deploymentRest, now: now, chance: chance)
            deployments[deployment] = health
            return true
        case .deploymentWorks:
            return deployments[deployment]?.rest.answer(isProbe: false) ?? false
        case .accountRests(let name):
            guard accounts[name]?.until == nil else { return false }
            accounts[name, default: Rest()].begin(rule: limits.accountRest, now: now, chance: chance)
            return true
        case .accountWorks(let name):
            return accounts.removeValue(forKey: name)?.until != nil
        }
    }

    /// Whether nobody answered at all the last time a deployment failed.
    func isSilent(_ deployment: String) -> Bool { deployments[deployment]?.isSilent ?? false }

    /// Forgets what is no longer configured, and all that was said against credentials, which may be others now.
    mutating func keep(_ isConfigured: (String) -> Bool) {
        deployments = deployments.filter { isConfigured($0.key) }
        accounts = [:]
    }

    /// The accounts that were probed are taken, though the request was not served: one more refusal rests them again.
    private mutating func accountsAnswer(to probe: Probe) -> [Change] {
        probe.accounts.filter { accounts[$0]?.answer(isProbe: true) == true }.map { .accountWorks($0) }
    }

    /// Nothing was found out about the accounts that were probed.
    private mutating func dropAccounts(of probe: Probe) -> [Change] {
        for name in probe.accounts { accounts[name]?.dropProbe() }
        return []
    }

    private mutating func accountWorks(_ subject: Subject) -> [Change] {
        var changes: [Change] = []
        for name in [subject.credential, subject.deployment] {
            if accounts.removeValue(forKey: name)?.until != nil { changes.append(.accountWorks(name)) }
        }
        return changes
    }

    private func worst(_ first: Rest.Admission?, _ second: Rest.Admission?) -> Rest.Admission {
        for state in [Rest.Admission.resting, .probe] where first == state || second == state { return state }
        return .open
    }
}

extension RoutingLimits {
    /// How a deployment rests.
    var deploymentRest: Rest.Rule {
        Rest.Rule(
            faultsMax: failuresMax, milliseconds: restMilliseconds, millisecondsMax: restMillisecondsMax)
    }

    /// How an account rests.
    var accountRest: Rest.Rule {
        Rest.Rule(
            faultsMax: accountFaultsMax, milliseconds: accountRestMilliseconds,
            millisecondsMax: accountRestMillisecondsMax)
    }
}
