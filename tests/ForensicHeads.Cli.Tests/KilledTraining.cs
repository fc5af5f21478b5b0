using System.Diagnostics;

namespace ForensicHeads.Cli.Tests;

/// <summary>Trainings of the real program in child processes, which end by themselves or by <c>kill -9</c>.</summary>
internal sealed class KilledTraining(string folder, string[] command)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(80);
    private readonly string checkpoints = Path.Combine(folder, "checkpoints");

    /// <summary>Runs until the program ends.</summary>
    public void ToTheEnd(bool resume)
    {
        using var process = Start(resume);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {error}");
    }

    /// <summary>Runs until a random moment after at least one new checkpoint, sometimes while the next is being written, and
    /// kills.</summary>
    /// <returns>Whether it was killed; false where it ended first.</returns>
    public bool UntilKilled(bool resume, SeededRandom random)
    {
        var before = Directory.Exists(checkpoints) ? Directory.GetFiles(checkpoints).ToHashSet(StringComparer.Ordinal) : [];
        var (whileWriting, pause, wanted, lines) =
            (random.Chance(0.5), random.NextDouble() * LongestPause, 1 + random.NextInt(2), random.NextInt(3));
        using var process = Start(resume);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.HasExited && New(before, unfinished: false) < wanted) Thread.Sleep(1);
        if (whileWriting)
        {
            while (!process.HasExited && New(before, unfinished: true) == 0) Thread.Yield();
        }
        else
        {
            // Some lines of figures further, which the resumed run must write again.
            for (var now = Lines(); !process.HasExited && Lines() < now + lines;) Thread.Sleep(1);
            Thread.Sleep(pause);
        }

        if (process.HasExited) return false;
        process.Kill();
        process.WaitForExit();

        // 128 + 9: nothing in the program had a say.
        return process.ExitCode == 137;
    }

    private int New(HashSet<string> before, bool unfinished)
    {
        if (!Directory.Exists(checkpoints)) return 0;
        return Directory.EnumerateFiles(checkpoints)
            .Count(file => file.Contains(".tmp-", StringComparison.Ordinal) == unfinished && !before.Contains(file));
    }

    private int Lines()
    {
        var stats = Path.Combine(folder, "stats.jsonl");
        return File.Exists(stats) ? File.ReadAllBytes(stats).Count(value => value == '\n') : 0;
    }

    private Process Start(bool resume) => TestCli.Start([.. command, "--out", folder, .. resume ? new[] { "--resume" } : []]);
}
