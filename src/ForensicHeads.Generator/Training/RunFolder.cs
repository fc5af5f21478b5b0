using System.Globalization;
using ForensicHeads.Foundation;
using ForensicHeads.Neural.Files;

namespace ForensicHeads.Generator.Training;

/// <summary>The files of one training run: <c>run.json</c>, <c>stats.jsonl</c>, <c>checkpoints/</c>, <c>samples/</c>, <c>weights.safetensors</c>.</summary>
public sealed class RunFolder
{
    internal const string OptionsName = "run.json";

    private const string RunKey = "run";
    private const int KeptCheckpoints = 2;

    /// <summary>Opens (and makes) the folder.</summary>
    public RunFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The final weights.</summary>
    public string WeightsFile => System.IO.Path.Combine(Path, "weights.safetensors");

    /// <summary>What the run was begun with, a <see cref="RunRecord"/>.</summary>
    public string OptionsFile => System.IO.Path.Combine(Path, OptionsName);

    /// <summary>One line of figures every few steps.</summary>
    public string StatsFile => System.IO.Path.Combine(Path, "stats.jsonl");

    private string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>Whether there is something to resume.</summary>
    public bool HasCheckpoint => Files().Count > 0;

    /// <summary>Path of the sample grid of a step.</summary>
    public string SampleFile(int step) => System.IO.Path.Combine(Path, "samples", FormattableString.Invariant($"step-{step:D7}.png"));

    /// <summary>Takes the folder for a training: notes what it is begun with or, to resume, restores where it stood; drops what a killed one left behind.</summary>
    /// <exception cref="UserErrorException">Nothing to resume, or it was begun with something else.</exception>
    public void Begin(MetaLearner learner, RunRecord record, bool resume)
    {
        if (resume) Resume(learner, record);
        if (!resume || !File.Exists(OptionsFile)) AtomicFile.WriteText(OptionsFile, CanonicalJson.ToText(record));
        TruncateStats(learner.Step);
        if (!Directory.Exists(Checkpoints)) return;
        foreach (var unfinished in Directory.EnumerateFiles(Checkpoints, "*.tmp-*")) File.Delete(unfinished);
    }

    /// <summary>Writes a whole checkpoint, then removes all but the last two.</summary>
    public void SaveCheckpoint(MetaLearner learner, RunRecord record)
    {
        var metadata = new Dictionary<string, string> { ["kind"] = "forensicheads-checkpoint", ["step"] = learner.Step.ToString(CultureInfo.InvariantCulture), [RunKey] = CanonicalJson.ToLine(record) };
        SafetensorsFile.Write(System.IO.Path.Combine(Checkpoints, FormattableString.Invariant($"step-{learner.Step:D7}.safetensors")), learner.State.Export(), metadata);
        foreach (var old in Files().SkipLast(KeptCheckpoints)) File.Delete(old);
    }

    /// <summary>Restores the newest checkpoint that loads whole; an older one when the newest is damaged. A run that was killed before its first stays at step 0.</summary>
    /// <exception cref="UserErrorException">None loads, or the run was begun with something else.</exception>
    public void Resume(MetaLearner learner, RunRecord record)
    {
        var begun = RunRecord.Find(Path);
        begun?.CheckSame(record, OptionsFile);
        if (begun is not null && !HasCheckpoint) return;
        UserErrorException? last = null;
        foreach (var file in Files().AsEnumerable().Reverse())
        {
            try
            {
                var content = SafetensorsFile.Read(file);
                if (content.Metadata.TryGetValue(RunKey, out var line)) RunRecord.Parse(line, file).CheckSame(record, file);
                var step = int.Parse(content.Metadata.GetValueOrDefault("step", "-"), CultureInfo.InvariantCulture);
                learner.State.Import(content, file);
                learner.Step = step;
                return;
            }
            catch (FormatException error)
            {
                last = new UserErrorException($"{file} does not name its step. Delete it to resume from the one before.", inner: error);
            }
            catch (UserErrorException error)
            {
                last = error;
            }
        }

        throw last ?? new UserErrorException($"There is no checkpoint in {Checkpoints}. Start the run without --resume.");
    }

    // Drops the lines of steps after the given one, which this run will write itself.
    private void TruncateStats(int step)
    {
        if (!File.Exists(StatsFile)) return;
        var kept = File.ReadLines(StatsFile).Where(line => line.EndsWith('}') && StepOf(line) <= step).ToArray();
        AtomicFile.WriteText(StatsFile, string.Concat(kept.Select(line => line + "\n")));
    }

    private static int StepOf(string line)
    {
        using var document = System.Text.Json.JsonDocument.Parse(line);
        return document.RootElement.GetProperty("step").GetInt32();
    }

    private List<string> Files() =>
        Directory.Exists(Checkpoints) ? Directory.EnumerateFiles(Checkpoints, "step-*.safetensors").Where(file => !file.Contains(".tmp-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList() : [];
}
