using System.Globalization;

namespace ForensicHeads.Foundation.Programs;

/// <summary>Runs a program of others once for every job.</summary>
public static class ForeignProgram
{
    /// <summary>Runs it, and ends it with all that it started at its time limit.</summary>
    /// <param name="command">How it is started.</param>
    /// <param name="values">What stands for the placeholders.</param>
    /// <param name="log">Takes what it says.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobFailedException">It cannot be started, took too long, or ended with another code than 0.</exception>
    public static void Run(ForeignCommand command, IReadOnlyDictionary<string, string> values, ProgramLog log,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(log);
        cancellation.ThrowIfCancellationRequested();
        using var program = RunningProgram.Start(command, values, () => log);
        var code = program.Finish(command.Limit, cancellation);
        if (code != 0) throw new JobFailedException(Ended(code, command.Limit) + Said(log));
    }

    /// <summary>Why a program that ended so gave nothing.</summary>
    internal static string Ended(int? code, TimeSpan limit) => code is null
        ? string.Create(CultureInfo.InvariantCulture, $"it took more than {limit.TotalSeconds:0.###} s (timeout_seconds) and was ended")
        : string.Create(CultureInfo.InvariantCulture, $"it ended with exit code {code}");

    /// <summary>The last line of a log, as the end of a sentence.</summary>
    internal static string Said(ProgramLog log) => log.LastLine() is { Length: > 0 } line ? $"; it said: {line}" : "; it said nothing";
}
