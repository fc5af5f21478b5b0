using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ForensicHeads.Cli.Tests;

/// <summary>Runs the notebooks as a reader would, into a folder of their own.</summary>
public sealed partial class NotebookTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fh-notebook").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("01-first-look", "# A first look at a store", "96 frames of 6 people in 12 videos, 96 px")]
    [InlineData("02-accuracy-per-shot", "# Accuracy per shot count", "½ (TPR + TNR)")]
    [InlineData("03-own-feature-family", "# A feature family of one's own", "| brightness_turns | 8 | 6 |")]
    public async Task A_notebook_runs_and_renders_its_page_with_every_picture(string name, string title, string shown)
    {
        // A file-based program is built on the spot from packages and rooms; without the SDK there is nothing to build it with.
        Assert.SkipWhen(!File.Exists(Path.Combine(Repository.Root, "notebooks", name + ".cs")), "The notebooks are not beside these tests.");
        var start = new ProcessStartInfo("dotnet", ["run", "--configuration", "Release", Path.Combine(Repository.Root, "notebooks", name + ".cs"), "--", "", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Left behind, a build server would keep this test's output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
        var page = await File.ReadAllTextAsync(Path.Combine(folder, name + ".md"), TestContext.Current.CancellationToken);
        Assert.StartsWith(title, page, StringComparison.Ordinal);
        Assert.Contains(shown, page, StringComparison.Ordinal);
        var pictures = Pictures().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.True(new FileInfo(Path.Combine(folder, picture)).Length > 1000, picture));
        // What is committed was rendered from this very program: its prose and code stand in both.
        Assert.Equal(Told(page), Told(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "notebooks", name + ".md"), TestContext.Current.CancellationToken)));
    }

    // Titles and code, not what the code showed.
    private static string[] Told(string page) => [.. Code().Matches(page).Select(match => match.Value), .. page.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal))];

    [GeneratedRegex(@"\]\(([^)]+\.png)\)")]
    private static partial Regex Pictures();

    [GeneratedRegex("```csharp\n.*?\n```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
