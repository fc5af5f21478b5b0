using System.Text.RegularExpressions;

namespace ForensicHeads.Cli.Tests.Documents;

/// <summary>Short pages, links that lead somewhere, and no comment in the code that points outside of the repository.</summary>
public sealed partial class PageTests
{
    private const int Columns = 140;
    private static readonly string[] Commented = [".cs", ".py", ".R", ".sh", ".json", ".props", ".csproj"];

    [Fact]
    public void Pages_are_short_and_their_lines_too()
    {
        Assert.All(MarkdownPage.Guides, page =>
        {
            var most = page.Name == "README.md" ? 150 : 199;
            var length = page.Lines.Length;
            Assert.True(length <= most, $"{page.Name} has {length} lines; at most {most} are allowed. Move a topic to a page of its own.");
            var wide = Array.FindIndex(page.Lines, line => line.Length > Columns);
            Assert.True(wide < 0, $"{page.Name}:{wide + 1} has more than the {Columns} characters that are allowed.");
        });
    }

    [Fact]
    public void Every_page_of_docs_stands_in_the_table_of_the_README()
    {
        var pages = MarkdownPage.Guides.Select(page => page.Name).ToHashSet(StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(Repository.At("docs"), "*", SearchOption.AllDirectories);
        Assert.All(files, path => Assert.Contains(Relative(path), pages));
    }

    [Fact]
    public void Every_block_of_the_guides_says_its_language_and_its_mark_is_known() =>
        Assert.All(MarkdownPage.Guides, page => Assert.All(page.Fences, fence =>
        {
            Assert.True(fence.Language.Length > 0, $"{page.Name}:{fence.Line} has no language: bash for commands, text for the rest.");
            Assert.Contains(fence.Mark, new[] { "", TypedCommandTests.Slow, TypedCommandTests.NeedsModels, TypedCommandTests.NeedsNumPy });
        }));

    [Fact]
    public void Every_link_and_picture_leads_to_a_file_and_a_heading_of_the_repository()
    {
        var pages = MarkdownPage.All.ToDictionary(page => page.Name, StringComparer.Ordinal);
        foreach (var page in MarkdownPage.All)
        {
            foreach (var (line, target) in page.Links.Where(link => !link.Target.Contains("://", StringComparison.Ordinal)))
            {
                var (file, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, "");
                var from = Repository.At(page.Name);
                var path = file.Length == 0 ? page.Name : Relative(Path.GetFullPath(file, Path.GetDirectoryName(from)!));
                var isThere = !path.StartsWith("..", StringComparison.Ordinal) && Path.Exists(Repository.At(path));
                Assert.True(isThere, $"{page.Name}:{line}: {target} is not there.");
                var isHeading = anchor.Length == 0 || pages[path].Anchors.Contains(anchor);
                Assert.True(isHeading, $"{page.Name}:{line}: {path} has no heading for #{anchor}.");
            }
        }
    }

    [Fact]
    public void Every_path_of_the_repository_named_in_a_sentence_is_there() =>
        Assert.All(MarkdownPage.Guides, page => Assert.All(page.Spans.Where(span => OwnPath().IsMatch(span.Text)), span =>
            Assert.True(Path.Exists(Repository.At(span.Text)), $"{page.Name}:{span.Line}: {span.Text} is not there.")));

    [Fact]
    public void Every_page_that_a_comment_cites_is_in_the_repository_with_the_section_it_names()
    {
        var cited = Citations().ToArray();
        Assert.NotEmpty(cited);
        Assert.All(cited, citation =>
        {
            var page = MarkdownPage.All.FirstOrDefault(page => page.Name == citation.Page);
            Assert.True(page is not null, $"{citation.Where} cites {citation.Page}, which is no page of the repository.");
            var found = citation.Section.Length == 0 || page.Headings.Contains(citation.Section);
            Assert.True(found, $"{citation.Where} cites \"{citation.Section}\", which is no heading of {citation.Page}.");
        });
    }

    [Theory]
    [InlineData("// As house.md says.", "house.md", "")]
    [InlineData("    /// <summary>One (docs/x.md, \"Two arms\").</summary>", "docs/x.md", "Two arms")]
    [InlineData("# See design/detector.md.", "design/detector.md", "")]
    public void The_search_itself_finds_citations(string line, string page, string section) =>
        Assert.Equal([(page, section)], CitedIn(line, "a.cs"));

    [Theory]
    [InlineData("/// <summary>Writes <c>results.md</c>.</summary>")]
    [InlineData("var page = \"detection.md\";")]
    [InlineData("// https://example.org/spec.md")]
    public void Names_of_files_that_are_written_are_no_citations(string line) => Assert.Empty(CitedIn(line, "a.cs"));

    private static IEnumerable<(string Where, string Page, string Section)> Citations() =>
        from folder in new[] { "src", "tests", "notebooks", "datasets", ".launch" }
        from path in Directory.EnumerateFiles(Repository.At(folder), "*", SearchOption.AllDirectories)
        let name = Relative(path)
        where Commented.Contains(Path.GetExtension(name)) && !Foreign().IsMatch(name) && Path.GetFileName(name) != $"{nameof(PageTests)}.cs"
        from line in File.ReadLines(path).Select((text, i) => (Text: text, Number: i + 1))
        where line.Text.Contains(".md", StringComparison.Ordinal)
        from citation in CitedIn(line.Text, name)
        select ($"{name}:{line.Number}", citation.Page, citation.Section);

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);

    private static IEnumerable<(string Page, string Section)> CitedIn(string line, string file)
    {
        // A docstring of Python has no mark on each line; its scripts write no pages.
        var comment = file.EndsWith(".py", StringComparison.Ordinal) ? line : CommentPart().Match(Address().Replace(line, "")).Value;
        return Citation().Matches(Written().Replace(comment, "")).Select(match => (match.Groups[1].Value, match.Groups[2].Value));
    }

    [GeneratedRegex(@"(^|/)(bin|obj|third_party)/")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"^(src|tests|notebooks|docs|datasets|reports)/[\w./-]*$")]
    private static partial Regex OwnPath();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(//|#|<!--|\*).*$")]
    private static partial Regex CommentPart();

    [GeneratedRegex(@"<c>[^<]*</c>")]
    private static partial Regex Written();

    [GeneratedRegex("""([\w./-]+\.md)\b(?:, "([^"]+)")?""")]
    private static partial Regex Citation();
}
