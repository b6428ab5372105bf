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

    private static let proposing = """
        agreement: deal
        timezone: UTC
        parties: {us: {name: Us}}
        clouds: {azure: {operator: us}}
        instruments:
          - id: first
            kind: agreement
            effective: 2026-01-01
            clauses:
              - {id: home, kind: primary-cloud, cloud: azure, meaning: label-only}
              - {id: brief, kind: decline, cloud: azure, through: 2026-01-31}
          - id: memo
            kind: non-binding
            effective: 2026-02-01
            clauses:
              - id: host
                kind: exclusivity
                aspect: hosting
                cloud: azure
                carve_outs: [{id: lab, applies_to: {product: lab}}]
                through: 2027-12-31
                text: Only <there>.
            statements:
              - {id: said, text: So it is., about: [home, brief]}
              - {id: more, text: And so on.}
        """

    @Test("A sentence says which clauses it is about, and what a paper proposes stands under it, without effect")
    func proposals() throws {
        let member = try #require(try VersionSample.version(Self.proposing).members.first)
        let text = ConsolidatedText(of: member, at: try #require(Instant(rfc3339: "2026-05-01T00:00:00Z"))) {
            ["Clause \($0.id) in words."]
        }
        #expect(text.clauses.map(\.id) == ["home"])
        #expect(
            text.markdown.contains(
                """
                - `memo` (non-binding); signed 2026-02-01, in effect from 2026-02-01T00:00:00Z
                  - Proposed, without effect: `host`, **exclusivity**
                    - Clause host in words.
                    - aspect: `hosting`
                    - cloud: `azure`
                    - applies_to: `any` (default)
                    - through: `2027-12-31`
                    - carve-out `lab`: `{product: lab}`

                    > Only \\<there\\>.

                ## Clauses
                """), "\(text.markdown)")
        #expect(text.markdown.contains("\nOf `memo`, about `home` and `brief` (not in force).\n"))
        #expect(text.markdown.contains("> And so on.\n\nOf `memo`.\n"))
        #expect(
            text.html.contains(
                "<ul><li>Proposed, without effect: <code>host</code>, <strong>exclusivity</strong><p>Clause host in "
                    + "words.</p><blockquote><p>Only &lt;there&gt;.</p></blockquote><dl><dt>aspect</dt>"),
            "\(text.html)")
        #expect(
            text.html.contains(
                "<p>Of <code>memo</code>, about <code>home</code> and <code>brief</code> (not in force).</p>"))
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
