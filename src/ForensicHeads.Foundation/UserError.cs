namespace ForensicHeads.Foundation;

/// <summary>An error that the user can mend. The message says what was found, what was allowed and what to do, in one line.</summary>
/// <param name="message">One line: value, allowed range, remedy.</param>
/// <param name="exitCode">The command's exit code: 1 failed, 2 wrong usage, 3 done but inputs were rejected.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class UserErrorException(string message, int exitCode = 1, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The process exit code this error asks for.</summary>
    public int ExitCode { get; } = exitCode;
}
