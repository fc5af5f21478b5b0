namespace ForensicHeads.Cli.Scoring;

/// <summary>The evidence log of <c>detect evaluate</c>.</summary>
internal sealed class EvaluationLog : IDisposable
{
    private readonly EvidenceLog log;

    private EvaluationLog(EvidenceLog log, ContentCache cache)
    {
        this.log = log;
        Cache = cache;
    }

    /// <summary>Of measured features; where it lies in the report's folder, the log notes what it holds.</summary>
    public ContentCache Cache { get; }

    /// <summary>Takes the report's folder, and says what will be measured, of what and how, before any of it is.</summary>
    /// <param name="folder">The report's folder.</param>
    /// <param name="run">The command.</param>
    /// <param name="evaluation">What will be run.</param>
    /// <param name="cache">Folder of measured features.</param>
    /// <exception cref="UserErrorException">An option is wrong, in which case nothing is written; the folder holds something else, or
    /// another run holds it.</exception>
    public static EvaluationLog Open(string folder, CommandRun run, ProtocolRun evaluation, string cache)
    {
        var plan = evaluation.Plan();
        EarlierEvaluation.Check(folder, plan.Protocol);
        var log = EvidenceLog.Open(folder, run.Context.Time, "results.json", Caches(folder, cache));
        try
        {
            log.Append("start", new
            {
                tool = CommandLine.Name,
                tool_version = CliContext.ToolVersion,
                command = $"{CommandLine.Name} {run.CommandText}",
                plan.PrimaryEndpoint,
                plan.Protocol,
                parameters = new { plan.Options, plan.Families, plan.Conditions },
                models = plan.Models.Select(model => new { name = model.Key, sha256 = model.Value }),
            });
            foreach (var store in plan.Stores) log.Append("input", store);
            return new EvaluationLog(log, CacheOf(folder, cache, log));
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Lists every file of the report; gives the head hash.</summary>
    public string Close(CancellationToken cancellation)
    {
        log.Close(cancellation);
        return log.Head;
    }

    public void Dispose() => log.Dispose();

    private static ContentCache CacheOf(string folder, string cache, EvidenceLog log) =>
        Caches(folder, cache) is [var inside] ? new ContentCache(OwnFiles.CreateFolder(folder, inside), log)
            : new ContentCache(cache, log: null);

    // One that lies elsewhere is no part of the report.
    private static string[] Caches(string folder, string cache)
    {
        var place = Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(cache));
        return place == "." || place.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(place) ? [] : [place];
    }
}
