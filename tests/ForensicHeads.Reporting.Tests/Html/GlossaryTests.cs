using System.Text.RegularExpressions;
using ForensicHeads.Testing;

namespace ForensicHeads.Reporting.Tests.Html;

public sealed partial class GlossaryTests
{
    private static readonly (string[] Words, string Meaning)[] Page =
    [
        .. Entry().Matches(string.Join(' ', File.ReadLines(Repository.At("docs/glossary.md")).Select(line => line.Trim())) + " - <a")
            .Select(entry => (Bold().Matches(entry.Groups[1].Value).Select(word => word.Groups[1].Value).ToArray(), Plain(entry))),
    ];

    [Fact]
    public void A_report_explains_its_words_as_the_glossary_does()
    {
        var page = Page.SelectMany(entry => entry.Words.Select(word => (word, entry.Meaning))).ToDictionary(
            entry => entry.word, entry => entry.Meaning, StringComparer.Ordinal);
        Assert.All(Glossary.Words, word => Assert.Equal(page[word.Name], word.Value));
    }

    [Fact]
    public void The_glossary_goes_from_A_to_Z_with_one_sentence_for_each_word()
    {
        Assert.True(Page.Length > 30, $"{Page.Length} entries");
        Assert.All([[.. Page.Select(entry => entry.Words[0])], [.. Glossary.Words.Select(word => word.Name)]], (string[] words) =>
            Assert.Equal(words.OrderBy(word => word.Replace("_", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase), words));
        Assert.All(Page, entry => Assert.Matches(@"^[A-Z][^{}]*\.$", entry.Meaning));
        Assert.All(Page, entry => Assert.DoesNotMatch(@"\. [A-Z]", entry.Meaning));
    }

    private static string Plain(Match entry) =>
        entry.Groups[2].Value.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);

    [GeneratedRegex(@"- ((?:<a id=""[^""]+""></a>)+(?:\*\*[^*]+\*\*(?:, )?)+): (.*?)(?= - <a)")]
    private static partial Regex Entry();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();
}
