namespace ForensicHeads.Fuzz.Targets;

/// <summary>An evidence log: checked, taken up by a next run, checked again. After that it must hold, whatever it was before.</summary>
internal sealed class EvidenceLogTarget : FuzzTarget
{
    private const string Cache = "work";
    private readonly FixedClock clock = new();

    public EvidenceLogTarget()
    {
        Begin("seed");
        using (var log = EvidenceLog.Open(this["seed"], clock, "results.json", Cache))
        {
            log.Append("start", new { primary_endpoint = "AUC", parameters = new { folds = 5 } });
            log.Close();
        }

        Seeds = [File.ReadAllBytes(this[$"seed/{EvidenceLog.Name}"])];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    protected override void Read(byte[] input)
    {
        Begin("report");
        File.WriteAllBytes(this[$"report/{EvidenceLog.Name}"], input);
        var was = Check();
        using (var log = EvidenceLog.Open(this["report"], clock, "results.json", Cache)) log.Close();
        var now = EvidenceCheck.Of(this["report"]);
        if (!now.Holds) throw new InvalidOperationException($"a log that was taken up and closed does not hold: {now.Faults[0].Sentence}");
        if (was is not { Holds: true }) throw new UserErrorException(
            $"the log did not hold: {was?.Faults[0].Sentence ?? "its list of files is of another form"}.");
    }

    // Null where the hash of a list of files is right and its form is not, which may be said of it.
    private EvidenceFinding? Check()
    {
        try
        {
            return EvidenceCheck.Of(this["report"]);
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    private void Begin(string name)
    {
        if (Directory.Exists(this[name])) Directory.Delete(this[name], recursive: true);
        AtomicFile.WriteText(this[$"{name}/results.json"], "{}\n");
        AtomicFile.WriteText(this[$"{name}/{Cache}/step.bin"], "cached");
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
