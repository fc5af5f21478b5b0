using System.Diagnostics;

namespace ForensicHeads.Foundation.Programs;

/// <summary>Runs a program as the user would, in the user's environment: without a shell, and with nothing to read.</summary>
public static class SystemProgram
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="words">Its arguments.</param>
    /// <param name="complain">Takes what it complains of, a line at a time; null keeps it for the answer.</param>
    /// <param name="folder">Its working folder; null for this process's.</param>
    /// <param name="cancellation">Ends it, with all that it started.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It is not there, or cannot be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<ProgramAnswer> RunAsync(string program, IEnumerable<string> words, Action<string>? complain = null,
        string? folder = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = Process.Start(new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        })!;
        using var stop = cancellation.Register(() => RunningProgram.Kill(process));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = "";
        if (complain is null) error = await process.StandardError.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
        else while (await process.StandardError.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line) complain(line);
        var answer = new ProgramAnswer(await output.ConfigureAwait(false), error);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return answer with { Code = process.ExitCode };
    }
}

/// <summary>How a program ended.</summary>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained of, where nobody took it.</param>
public sealed record ProgramAnswer(string Output, string Error)
{
    /// <summary>Its exit code.</summary>
    public int Code { get; init; }

    /// <summary>What it said in the end, as a piece of a sentence.</summary>
    public string Said => (Error.Length > 0 ? Error : Output).Trim().ReplaceLineEndings(" ").TrimEnd('.');
}
