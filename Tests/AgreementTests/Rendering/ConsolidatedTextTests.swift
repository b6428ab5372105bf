// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Consolidated texts")
struct ConsolidatedTextTests {
    private static let reported = "microsoft-openai-as-reported.yaml"

    private func text(_ file: String, at: String) throws -> ConsolidatedText {
        let member = try #require(try VersionSample.example(file).members.first)
        return ConsolidatedText(of: member, at: try #require(Instant(rfc3339: at))) { ["Clause \($0.id) in words."] }
    }

    @Test("The text in force as Markdown")
    func markdown() throws {
        let markdown = try text(Self.reported, at: "2026-05-01T00:00:00Z").markdown
        #expect(try markdown == LanguageFiles.golden("rendering/as-reported.md", actual: markdown))
    }

    @Test("The text in force as HTML is one page without scripts")
    func html() throws {
        let html = try text(Self.reported, at: "2026-05-01T00:00:00Z").html
        #expect(try html == LanguageFiles.golden("rendering/as-reported.html", actual: html))
        #expect(!html.contains("<script"))
        #expect(html.contains("@media print"))
    }

    @Test("A primary cloud without a clause on evidence shows what holds by default")
    func defaults() throws {
        let markdown = try text("primary-cloud.yaml", at: "2026-05-01T00:00:00Z").markdown
        #expect(try markdown == LanguageFiles.golden("rendering/primary-cloud.md", actual: markdown))
        #expect(markdown.contains("- window: `{signals: 1, within: 1m, time_to_live: 1m}` (default)"))
    }

    @Test("A licence that has run out is shown, and said to forbid")
    func outOfTerm() throws {
        let found = try text(Self.reported, at: "2033-06-01T00:00:00Z").clauses.first { $0.id == "licence" }
        #expect(found?.isOutOfTerm == true)
        #expect(found?.to == "2033-01-01T00:00:00-08:00")
        #expect(found?.writtenPeriod.map(\.value) == ["2032-12-31"])
    }

    @Test("What a later paper does is history to come")
    func toCome() throws {
        let found = try text(Self.reported, at: "2025-11-01T00:00:00Z").clauses.first { $0.id == "api-on-azure" }
        #expect(
            found?.history.map { "\($0.day) \($0.what) \($0.instrument) \($0.isToCome)" } == [
                "2025-10-28 added next-phase false", "2026-04-27 ended non-exclusive-2026 true",
            ])
    }

    private static let hostile = """
        agreement: deal
        title: '<script>alert("1")</script> & *so* on'
        timezone: UTC
        parties: {us: {name: "<b>Us</b>"}}
        clouds: {azure: {operator: us}}
        instruments:
          - id: first
            kind: agreement
            effective: 2026-01-01
            clauses:
              - id: home
                kind: primary-cloud
                cloud: azure
                meaning: label-only
                text: "# Not a heading\\n1. nor a list\\n`code` <i>x</i> [a](b)"
                source: {title: 'He said "<x>"', url: 'https://example.com/?a=1&b="<y>', grade: reported}
        """

    @Test("Nothing in a file becomes markup")
    func escaping() throws {
        let member = try #require(try VersionSample.version(Self.hostile).members.first)
        let text = ConsolidatedText(of: member, at: try #require(Instant(rfc3339: "2026-05-01T00:00:00Z")))
        #expect(text.html.contains("<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; *so* on</h1>"))
        #expect(text.html.contains("<dd>&lt;b&gt;Us&lt;/b&gt;</dd>"))
        #expect(text.html.contains(#"href="https://example.com/?a=1&amp;b=&quot;&lt;y&gt;""#))
        #expect(!text.html.contains("<i>"))
        #expect(text.markdown.contains(#"# \<script\>alert("1")\</script\> \& \*so\* on"#))
        #expect(
            text.markdown.contains("> \\# Not a heading\n> 1\\. nor a list\n> \\`code\\` \\<i\\>x\\</i\\> \\[a\\](b)"))
        #expect(text.markdown.contains(#"[He said "\<x\>"](<https://example.com/?a=1&b="y>)"#))
    }
}
