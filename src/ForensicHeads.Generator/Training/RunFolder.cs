using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Generator.Training;

/// <summary>The files of one training run: <c>run.json</c>, <c>stats.jsonl</c>, <c>timings.jsonl</c>, TensorBoard's events,
/// <c>checkpoints/</c>, <c>samples/</c>, <c>weights.safetensors</c>.</summary>
public sealed class RunFolder
{
    /// <summary>Name of <see cref="OptionsFile"/>.</summary>
    public const string OptionsName = "run.json";

    /// <summary>Name of <see cref="WeightsFile"/>.</summary>
    public const string WeightsName = "weights.safetensors";

    /// <summary>Name of <see cref="StatsFile"/>.</summary>
    public const string StatsName = "stats.jsonl";

    internal const string TimingsName = "timings.jsonl";
    internal const string LockName = ".lock";
    internal const string CheckpointKind = "forensicheads-checkpoint";

    private const string CheckpointsName = "checkpoints";
    private const string SamplesName = "samples";
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
    public string WeightsFile => System.IO.Path.Combine(Path, WeightsName);

    /// <summary>What the run was begun with, a <see cref="RunRecord"/>.</summary>
    public string OptionsFile => System.IO.Path.Combine(Path, OptionsName);

    /// <summary>One line of figures every few steps.</summary>
    public string StatsFile => System.IO.Path.Combine(Path, StatsName);

    /// <summary>Where the time of the steps went; apart from <see cref="StatsFile"/>, which is the same from run to run.</summary>
    public string TimingsFile => System.IO.Path.Combine(Path, TimingsName);

    /// <summary>Told of each checkpoint, and of the weights, as soon as it has its name.</summary>
    public Action<string>? Written { get; init; }

    /// <summary>The newest checkpoint, or null.</summary>
    public string? LastCheckpoint => Files().LastOrDefault();

    private string Checkpoints => System.IO.Path.Combine(Path, CheckpointsName);

    /// <summary>The first entry that a training which begins anew would not have put there, or null.</summary>
    public string? Foreign =>
        Directory.EnumerateFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry))
        .Where(name => name != LockName && !Leftovers.IsOne(name)).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Removes the newest checkpoint, for one that cannot be trusted.</summary>
    public void DropLastCheckpoint()
    {
        if (LastCheckpoint is { } last) OwnFiles.Delete(Path, NameOf(last));
    }

    /// <summary>Whether there is something to resume.</summary>
    public bool HasCheckpoint => Files().Count > 0;

    /// <summary>Name of the sample grid of a step, below the folder.</summary>
    public static string SampleName(int step) => FormattableString.Invariant($"{SamplesName}/step-{step:D7}.png");

    /// <summary>Keeps every other process from training in this folder until the result is disposed of; the system lets go of it when this
    /// process ends, however it ends.</summary>
    /// <exception cref="UserErrorException">Another training holds it.</exception>
    public IDisposable Take()
    {
        try
        {
            return OwnFiles.Open(Path, LockName, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException error)
        {
            throw new UserErrorException($"Another process is training in {Path}. Wait for its end, or choose another --out.",
                inner: error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UserErrorException($"{Path} cannot be written: {error.Message.TrimEnd('.')}. Choose another --out.", inner: error);
        }
    }

    /// <summary>Takes the folder for a training: notes what it is begun with or, to resume, restores where it stood; drops what a killed
    /// one left behind.</summary>
    /// <exception cref="UserErrorException">Nothing to resume, or it was begun with something else.</exception>
    public void Begin(MetaLearner learner, RunRecord record, bool resume)
    {
        if (resume) Resume(learner, record);
        if (!resume || !PlainFile.IsThere(Path, OptionsName)) AtomicFile.WriteText(Path, OptionsName, CanonicalJson.ToText(record));
        foreach (var log in new[] { StatsName, TimingsName }) Truncate(log, learner.Step);
        EventFile.DropAfter(Path, learner.Step);
        // The lock is ours, so that nobody else writes here: not even this process under such a name.
        foreach (var folder in new[] { Path, Checkpoints, System.IO.Path.Combine(Path, SamplesName) }.Where(folder =>
            FileKinds.Of(folder) == FileKind.Folder))
        {
            foreach (var unfinished in Directory.EnumerateFiles(folder, "*.tmp-*")) OwnFiles.Delete(Path, NameOf(unfinished));
        }
    }

    /// <summary>Writes a whole checkpoint, then removes all but the last two.</summary>
    /// <exception cref="UserErrorException">A value is NaN or infinite: such a state is not kept, so that the checkpoint before stays the
    /// last.</exception>
    public void SaveCheckpoint(MetaLearner learner, RunRecord record)
    {
        var state = learner.State.Export();
        if (state.Find(tensor => !Array.TrueForAll(tensor.Values, float.IsFinite)) is { } broken) throw TrainingCanary.Broken(
            $"'{broken.Name}'", learner.Step, LastCheckpoint);
        var metadata = new Dictionary<string, string>
        {
            ["kind"] = CheckpointKind,
            ["step"] = learner.Step.ToString(CultureInfo.InvariantCulture),
            [RunKey] = CanonicalJson.ToLine(record)
        };
        var name = FormattableString.Invariant($"{CheckpointsName}/step-{learner.Step:D7}.safetensors");
        SafetensorsFile.Write(Path, name, state, metadata);
        Written?.Invoke(System.IO.Path.Combine(Path, name));
        foreach (var old in Files().SkipLast(KeptCheckpoints)) OwnFiles.Delete(Path, NameOf(old));
    }

    /// <summary>Restores the newest checkpoint that loads whole; an older one when the newest is damaged. A run that was killed before its
    /// first stays at step 0.</summary>
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
                var content = SafetensorsFile.Read(Path, NameOf(file));
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

    // Drops the lines of steps after the given one, which this run will write itself, and an unfinished last one.
    private void Truncate(string log, int step)
    {
        if (!PlainFile.IsThere(Path, log)) return;
        var kept = PlainFile.ReadText(Path, log).Split('\n').SkipLast(1).TakeWhile(line => StepOf(line) <= step);
        AtomicFile.WriteText(Path, log, string.Concat(kept.Select(line => line + "\n")));
    }

    // A line that cannot be read counts as one of a later step: it and all after it go.
    private static int StepOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("step").GetInt32();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return int.MaxValue;
        }
    }

    private string NameOf(string file) => System.IO.Path.GetRelativePath(Path, file);

    private List<string> Files() =>
        Directory.Exists(Checkpoints)
            ? Directory.EnumerateFiles(Checkpoints, "step-*.safetensors").Where(file => !file.Contains(".tmp-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList() : [];
}
