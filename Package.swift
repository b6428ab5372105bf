// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let package = Package(
    name: "concordat",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "concordat", targets: ["concordat"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Pure targets: no sockets, no store, no clock.
        .target(name: "Agreement", dependencies: [.product(name: "Yams", package: "Yams")]),
        .target(name: "Wire"),
        .target(name: "CCRC32C"),
        .target(name: "Ledger", dependencies: ["CCRC32C", .product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "Records",
            dependencies: ["Agreement", "Ledger", "Wire", .product(name: "Crypto", package: "swift-crypto")]
        ),
        .target(name: "Providers", dependencies: ["Wire"]),

        // The data plane and the stores.
        .target(
            name: "Gateway",
            dependencies: [
                "Agreement", "Providers", "Records", "Wire",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]
        ),
        .target(
            name: "Store",
            dependencies: [
                "Agreement", "Ledger", "Records",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),

        // Around them.
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .target(name: "Replay", dependencies: ["CZlib"]),
        .target(
            name: "CloudSimulator",
            dependencies: [
                "Wire",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "Service",
            dependencies: [
                "Agreement", "CloudSimulator", "Gateway", "Ledger", "Providers", "Records", "Replay", "Store", "Wire",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "Commands",
            dependencies: [
                "Agreement", "CloudSimulator", "Gateway", "Ledger", "Providers", "Records", "Replay", "Service",
                "Store",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(name: "concordat", dependencies: ["Commands"]),

        .testTarget(name: "AgreementTests", dependencies: ["Agreement"], exclude: ["Fixtures"]),
        .testTarget(
            name: "WireTests",
            dependencies: [
                "Wire",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .testTarget(name: "LedgerTests", dependencies: ["Ledger"]),
        .testTarget(
            name: "RecordsTests",
            dependencies: ["Agreement", "Ledger", "Records", "Wire", .product(name: "Crypto", package: "swift-crypto")]
        ),
        .testTarget(name: "ProvidersTests", dependencies: ["Providers", "Wire"]),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Agreement", "Gateway", "Providers", "Records", "Wire",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(name: "StoreTests", dependencies: ["Agreement", "Ledger", "Records", "Store"]),
        .testTarget(name: "ReplayTests", dependencies: ["Replay"]),
        .testTarget(
            name: "CloudSimulatorTests",
            dependencies: [
                "CloudSimulator", "Replay", "Wire",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Agreement", "CloudSimulator", "Gateway", "Ledger", "Providers", "Records", "Replay", "Service",
                "Store", "Wire",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            exclude: ["Configuration/Fixtures"]
        ),
        .testTarget(name: "CommandsTests", dependencies: ["concordat"], exclude: ["Fixtures"]),
    ]
)

// Benchmarks are built by `make bench` alone, so that nobody else has to fetch what they need.
if Context.environment["CONCORDAT_BENCHMARKS"] != nil {
    package.dependencies.append(.package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []))
    package.targets += [
        .target(name: "CAllocationCount", path: "Benchmarks/CAllocationCount"),
        .target(name: "CEpoll", path: "Benchmarks/CEpoll"),
        .executableTarget(name: "concordat-load", dependencies: ["CEpoll"], path: "Benchmarks/Load"),
        .executableTarget(
            name: "DecideBenchmark",
            dependencies: ["Agreement", "CAllocationCount", .product(name: "Benchmark", package: "benchmark")],
            path: "Benchmarks/Decide",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
        .executableTarget(
            name: "CodecBenchmark",
            dependencies: [
                "Agreement", "CAllocationCount", "Records", "Wire", .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Codec",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
    // What the ledger costs is measured against a gateway that drops its entries.
    for target in package.targets where target.name == "Service" {
        target.swiftSettings = [.define("CONCORDAT_BENCHMARKS")]
    }
}

// One place for the settings of every target.
let warningsAreErrors = Context.environment["CI"] != nil || Context.environment["WARNINGS_AS_ERRORS"] != nil
for target in package.targets where target.type != .system {
    var settings = target.swiftSettings ?? []
    settings += [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
    ]
    if warningsAreErrors {
        settings.append(.treatAllWarnings(as: .error))
    }
    target.swiftSettings = settings
}
