using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ForensicHeads.Cli.Tests;

/// <summary>Runs the notebooks as a reader would, into a folder of their own.</summary>
public sealed partial class NotebookTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("01-first-look", "# A first look at a store", "96 frames of 6 people in 12 videos, 96 px")]
    [InlineData("02-accuracy-per-shot", "# Accuracy per shot count", "½ (TPR + TNR)")]
    [InlineData("03-own-feature-family", "# A feature family of one's own", "| brightness_turns | 8 | 6 |")]
    public async Task A_notebook_runs_and_renders_its_page_with_every_picture(string name, string title, string shown)
    {
        var program = Repository.At(Path.Combine("notebooks", name + ".cs"));
        string[] words = ["run", "--configuration", "Release", program, "--", "", folder.Path];
        var start = new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Left behind, a build server would keep this test's output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
        var page = await File.ReadAllTextAsync(folder[name + ".md"], TestContext.Current.CancellationToken);
        Assert.StartsWith(title, page, StringComparison.Ordinal);
        Assert.Contains(shown, page, StringComparison.Ordinal);
        var pictures = Pictures().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        var committed = await File.ReadAllTextAsync(Path.ChangeExtension(program, ".md"), TestContext.Current.CancellationToken);
        Assert.Equal(Pictures().Matches(committed).Select(match => match.Groups[1].Value), pictures);
        Assert.Equal(name.StartsWith("03", StringComparison.Ordinal) ? 2 : 1, pictures.Length);
        Assert.All(pictures, picture => Assert.True(new FileInfo(folder[picture]).Length > 1000, picture));
        // What is committed was rendered from this very program: its prose and code stand in both.
        Assert.Equal(Told(committed), Told(page));
    }

    // Titles and code, not what the code showed.
    private static string[] Told(string page) =>
        [.. Code().Matches(page).Select(match => match.Value),
        .. page.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal))];

    [GeneratedRegex(@"\]\(([^)]+\.png)\)")]
    private static partial Regex Pictures();

    [GeneratedRegex("```csharp\n.*?\n```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
