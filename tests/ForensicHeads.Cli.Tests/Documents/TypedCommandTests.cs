using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ForensicHeads.Cli.Tests.Documents;

/// <summary>The commands of README, docs and CONTRIBUTING: all exist with their options, and the cheap ones run as they stand.</summary>
public sealed partial class TypedCommandTests
{
    /// <summary>Marks a block that is only parsed.</summary>
    internal const string Slow = "slow";

    /// <summary>Marks a block that is only parsed where no face models and clips lie beside the repository.</summary>
    internal const string NeedsModels = "needs face models";

    /// <summary>Marks a block that is only parsed where Python or NumPy is missing.</summary>
    internal const string NeedsNumPy = "needs NumPy";

    private const string Launcher = "./forensicheads";
    private static readonly string[] Programs = ["cat", "cp", "dotnet", "mkdir", "printf", "tensorboard"];
    private static readonly CliCommand Root = CommandLine.Build(TestCli.Context(TextWriter.Null, TextWriter.Null));

    [Fact]
    public void Every_command_of_a_block_exists_with_its_options()
    {
        var typed = MarkdownPage.Guides.SelectMany(page => page.Commands).ToArray();
        Assert.True(typed.Length > 40, $"only {typed.Length} lines were found");
        Assert.All(typed, line => Assert.All(Calls(line.Text), words =>
        {
            var fault = Fault(words);
            Assert.True(fault.Length == 0, $"{line.Page}:{line.Line}: {line.Text}\n{fault}");
        }));
    }

    [Fact]
    public void Every_command_and_option_named_in_a_sentence_exists()
    {
        foreach (var page in MarkdownPage.Guides)
        {
            foreach (var (line, text) in page.Spans)
            {
                var words = Calls(text).FirstOrDefault() ?? [];
                if (words.Length > 0 && words[0] == Launcher) words = words[1..];
                Command command = Root;
                foreach (var word in words.TakeWhile(word => word[0] != '-'))
                    command = command.Subcommands.FirstOrDefault(child => child.Name == word || child.Aliases.Contains(word)) ?? command;
                // A sentence may name an option alone, as one of any command.
                if (command == Root && !text.StartsWith("--", StringComparison.Ordinal)) continue;
                var known = Options(command);
                foreach (var option in words.Where(word => OptionName().IsMatch(word)))
                    Assert.True(known.Contains(option), $"{page.Name}:{line}: `{text}`: {command.Name} has no option {option}.");
            }
        }
    }

    [Fact]
    public async Task The_cheap_commands_run_in_reading_order_in_an_empty_folder()
    {
        using var cli = new TestCli();
        var models = Prepare(cli.Folder);
        var hasNumPy = (await Type("python3 -c 'import numpy'", cli.Folder, null)).Code == 0;
        var failures = new List<string>();
        foreach (var line in MarkdownPage.Guides.SelectMany(page => page.Commands).DistinctBy(line => line.Text))
        {
            if (line.Mark == Slow || (line.Mark == NeedsModels && models is null) || (line.Mark == NeedsNumPy && !hasNumPy)) continue;
            var clock = Stopwatch.StartNew();
            var (code, output) = await Type(line.Text, cli.Folder, models);
            TestContext.Current.SendDiagnosticMessage($"{clock.Elapsed.TotalSeconds:0.0} s {line.Page}:{line.Line}");
            if (code != 0) failures.Add($"{line.Page}:{line.Line}: {line.Text}\nexit code {code}\n{output}");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory]
    [InlineData("./forensicheads detect score clip.mp4 --reprot out", "--reprot")]
    [InlineData("./forensicheads ingset videos", "ingset")]
    [InlineData("./tset Detector", "./tset")]
    [InlineData("rm -rf /", "rm")]
    public void A_line_with_a_slip_is_found(string line, string slip) =>
        Assert.Contains(slip, Fault(Calls(line)[0]), StringComparison.Ordinal);

    /// <summary>What a reader has: a launcher, the files of the repository that commands read, and two clips of a person.</summary>
    /// <returns>The folder of the face models; null where they, or the clips, are not here.</returns>
    private static string? Prepare(string folder)
    {
        var launcher = Path.Combine(folder, "forensicheads");
        File.WriteAllText(launcher, $"#!/usr/bin/env bash\nexec dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"\n");
        using (var change = Process.Start("chmod", ["+x", launcher])) change.WaitForExit();
        foreach (var kept in new[] { "datasets", "notebooks/plugins", "reports/00001-demo" })
        {
            foreach (var file in Directory.EnumerateFiles(Repository.At(kept), "*", SearchOption.AllDirectories))
            {
                var to = Path.Combine(folder, Path.GetRelativePath(Repository.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
        }

        var shared = Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared");
        // Of a person whose licence allows altered use, three seconds each. A file is known by its first bytes, whatever its name.
        foreach (var (name, clip) in new[] { ("my-video.mp4", "grid_bbaf2n.mpg"), ("my-other-video.mp4", "grid_s1_extra/bbwm4n.mpg") })
        {
            var path = Path.Combine(shared, "data/open/real", clip);
            if (!File.Exists(path) || !Directory.Exists(Path.Combine(shared, "models"))) return null;
            File.Copy(path, Path.Combine(folder, name));
        }

        return Path.Combine(shared, "models");
    }

    private static async Task<(int Code, string Output)> Type(string line, string folder, string? models)
    {
        var start = new ProcessStartInfo("bash", ["-uo", "pipefail", "-c", $"exec 2>&1; {line}"]);
        (start.WorkingDirectory, start.RedirectStandardOutput) = (folder, true);
        start.Environment["XDG_DATA_HOME"] = folder;
        // Other tests run beside this one; threads that wait for each other would take their cores.
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment[ModelRegistry.EnvironmentVariable] = models ?? folder;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    // Why a call cannot work; empty where nothing is known against it.
    private static string Fault(string[] words)
    {
        var first = words[0];
        if (first == Launcher)
        {
            var parse = Root.Parse(words[1..]);
            return parse.Action is Help ? "" : Misuse.Of(parse, words[1..]) ?? "";
        }

        if (first.Contains('/', StringComparison.Ordinal)) return File.Exists(Repository.At(first)) ? "" : $"there is no {first}";
        if (!Programs.Contains(first)) return $"{first} is none of {string.Join(", ", Programs)}";
        // What lies in bin/ is there after a build; its project is there before.
        var places = words.Where(word => RepositoryPath().IsMatch(word)).Select(word => word.Split("/bin/")[0]);
        var missing = places.FirstOrDefault(path => !Path.Exists(Repository.At(path)));
        return missing is null ? "" : $"there is no {missing}";
    }

    // The calls of a line: words without their quotes, and without variables, redirections and what comes after '#'.
    private static string[][] Calls(string line)
    {
        List<List<string>> calls = [[]];
        var words = Word().Matches(line).Select(match => match.Value).TakeWhile(word => word[0] != '#').ToArray();
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is "&&" or "|" or ";") calls.Add([]);
            else if (words[i] is ">") i++;
            else if (calls[^1].Count > 0 || !Variable().IsMatch(words[i])) calls[^1].Add(Quotes().Replace(words[i], ""));
        }

        return [.. calls.Where(call => call.Count > 0).Select(call => call.ToArray())];
    }

    // Of the command, of those above it that pass theirs on, and of those within it.
    private static HashSet<string> Options(Command command)
    {
        var names = command.Options.Select(option => option.Name).Append("--help").ToHashSet(StringComparer.Ordinal);
        names.UnionWith(Root.Options.Where(option => option.Recursive).Select(option => option.Name));
        foreach (var child in command.Subcommands) names.UnionWith(Options(child));
        return names;
    }

    [GeneratedRegex("""(?:"[^"]*"|'[^']*'|[^\s"'])+""")]
    private static partial Regex Word();

    [GeneratedRegex("[\"']")]
    private static partial Regex Quotes();

    [GeneratedRegex("^[A-Z_]+=")]
    private static partial Regex Variable();

    [GeneratedRegex("^--[a-z0-9-]+$")]
    private static partial Regex OptionName();

    [GeneratedRegex("^(src|tests|notebooks|datasets|reports)/")]
    private static partial Regex RepositoryPath();
}
