namespace ForensicHeads.Cli.Scoring;

/// <summary>The evidence log of a scoring run that writes a report.</summary>
internal sealed class ScoreLog : IDisposable
{
    private readonly EvidenceLog log;

    private ScoreLog(EvidenceLog log)
    {
        this.log = log;
    }

    /// <summary>Takes the report's folder, and says by what and how the files will be judged before the first is opened.</summary>
    /// <exception cref="UserErrorException">The folder holds something else, or another run holds it.</exception>
    public static ScoreLog Open(string folder, CommandRun run, IFileJudge judge, int files)
    {
        var (log, options) = (EvidenceLog.Open(folder, run.Context.Time, "scores.json"), judge.Options);
        log.Append("start", new
        {
            tool = CommandLine.Name,
            tool_version = CliContext.ToolVersion,
            command = $"{CommandLine.Name} {run.CommandText}",
            primary_endpoint = judge.Endpoint,
            models = judge.Models.Select(model => new { model.Name, model.Sha256 }),
            judge.Scope,
            parameters = new
            {
                inconclusive_below = Verdict.Threshold,
                options.ExplainedTracks,
                options.Limits.MaxPixels,
                options.Limits.MaxFrames,
                options.Limits.MaxSeconds,
                options.Limits.MaxBytes,
                options.Limits.MaxFaces
            },
            files,
        });
        return new ScoreLog(log);
    }

    /// <summary>Notes one file, with the hash of the bytes that were decoded.</summary>
    public void Add(FileScore score) =>
        log.Append("scored", new { score.File, score.Sha256, score.Status, score.Reason, score.Score, score.Llr, score.Verdict });

    /// <summary>Lists every file of the report; gives the head hash.</summary>
    public string Close()
    {
        log.Close();
        return log.Head;
    }

    public void Dispose() => log.Dispose();
}
