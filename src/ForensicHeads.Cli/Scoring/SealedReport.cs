namespace ForensicHeads.Cli.Scoring;

/// <summary>Work on a finished folder that goes into its evidence log, if there is one and it holds.</summary>
internal static class SealedReport
{
    /// <summary>Does the work. A folder that is not as its log says gets no new list of files, which would hide what was done to
    /// it.</summary>
    public static string Change(CommandRun run, string folder, Func<string> work)
    {
        if (!PlainFile.IsThere(folder, EvidenceLog.Name)) return work();
        var before = EvidenceCheck.Of(folder, cancellation: run.Cancellation);
        if (!before.Holds)
        {
            run.Warn($"{before.Faults[0].Sentence}; so nothing is added to {EvidenceLog.Name}.");
            return work();
        }

        using var log = EvidenceLog.Open(folder, run.Context.Time, EvidenceLog.Name, "work");
        log.Append("start",
            new { tool = CommandLine.Name, tool_version = CliContext.ToolVersion, command = $"{CommandLine.Name} {run.CommandText}" });
        try
        {
            return work();
        }
        catch (UserErrorException error)
        {
            log.Append("failed", new { reason = error.Message });
            throw;
        }
        finally
        {
            log.Close(run.Cancellation);
        }
    }
}
