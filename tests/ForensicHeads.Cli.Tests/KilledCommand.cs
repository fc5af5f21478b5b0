using System.Diagnostics;

namespace ForensicHeads.Cli.Tests;

/// <summary>A command of the real program in child processes, which end by themselves or by <c>kill -9</c> after so many changes in a
/// folder.</summary>
/// <param name="watched">The folder in which the command writes.</param>
/// <param name="command">Its words.</param>
internal sealed class KilledCommand(string watched, string[] command)
{
    /// <summary>Runs until the program ends, and gives the number of changes seen in the folder.</summary>
    public int ToTheEnd(int code = 0)
    {
        using var process = Start();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var error = process.StandardError.ReadToEndAsync();
        var changes = Watch(process, int.MaxValue);
        process.WaitForExit();
        Assert.True(process.ExitCode == code, $"exit code {process.ExitCode}: {error.Result}");
        return changes;
    }

    /// <summary>Runs until so many changes were seen and a random pause has passed, and kills.</summary>
    /// <returns>Whether it was killed; false where it ended first.</returns>
    public bool UntilKilled(int changes, SeededRandom random)
    {
        var pause = random.Chance(0.5) ? TimeSpan.Zero : TimeSpan.FromMilliseconds(random.NextInt(60));
        using var process = Start();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Watch(process, changes);
        Thread.Sleep(pause);
        if (process.HasExited) return false;
        process.Kill();
        process.WaitForExit();

        // 128 + 9: nothing in the program had a say.
        return process.ExitCode == 137;
    }

    private int Watch(Process process, int most)
    {
        var (changes, before) = (0, State());
        while (changes < most && !process.HasExited)
        {
            Thread.Sleep(1);
            var now = State();
            if (now == before) continue;
            changes++;
            before = now;
        }

        return changes;
    }

    private (int Entries, long Bytes) State()
    {
        try
        {
            var (entries, bytes) = (0, 0L);
            foreach (var entry in new DirectoryInfo(watched).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
            {
                entries++;
                if (entry is FileInfo file) bytes += file.Length;
            }

            return (entries, bytes);
        }
        catch (IOException)
        {
            // Something went while it was counted: that is a change, too.
            return (-1, Stopwatch.GetTimestamp());
        }
    }

    private Process Start() => TestCli.Start(command);
}
