namespace ForensicHeads.Cli.Frame;

/// <summary>What a command that ran to its end has to say.</summary>
/// <param name="Document">The document of <c>--json</c>: an anonymous object or a record.</param>
/// <param name="ExitCode">0 done; 1 failed; 3 done, but some inputs were rejected.</param>
internal sealed record CommandOutcome(object Document, int ExitCode = 0);
