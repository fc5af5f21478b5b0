using System.Globalization;
using ForensicHeads.Foundation;
using ForensicHeads.Neural.Files;

namespace ForensicHeads.Generator.Training;

/// <summary>The files of one training run: <c>run.json</c>, <c>stats.jsonl</c>, <c>checkpoints/</c>, <c>samples/</c>, <c>weights.safetensors</c>.</summary>
public sealed class RunFolder
{
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

    /// <summary>The resolved options.</summary>
    public string OptionsFile => System.IO.Path.Combine(Path, "run.json");

    /// <summary>One line of figures every few steps.</summary>
    public string StatsFile => System.IO.Path.Combine(Path, "stats.jsonl");

    private string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>Whether there is something to resume.</summary>
    public bool HasCheckpoint => Files().Count > 0;

    /// <summary>Path of the sample grid of a step.</summary>
    public string SampleFile(int step) => System.IO.Path.Combine(Path, "samples", FormattableString.Invariant($"step-{step:D7}.png"));

    /// <summary>Writes a whole checkpoint, then removes all but the last two.</summary>
    public void SaveCheckpoint(MetaLearner learner, string dataHash)
    {
        var metadata = new Dictionary<string, string> { ["kind"] = "forensicheads-checkpoint", ["step"] = learner.Step.ToString(CultureInfo.InvariantCulture), ["data"] = dataHash };
        SafetensorsFile.Write(System.IO.Path.Combine(Checkpoints, FormattableString.Invariant($"step-{learner.Step:D7}.safetensors")), learner.State.Export(), metadata);
        foreach (var old in Files().SkipLast(KeptCheckpoints)) File.Delete(old);
    }

    /// <summary>Restores the newest checkpoint that loads whole; an older one when the newest is damaged.</summary>
    /// <exception cref="UserErrorException">None loads, or it belongs to other data.</exception>
    public void Resume(MetaLearner learner, string dataHash)
    {
        UserErrorException? last = null;
        foreach (var file in Files().AsEnumerable().Reverse())
        {
            try
            {
                var content = SafetensorsFile.Read(file);
                if (content.Metadata.GetValueOrDefault("data") != dataHash)
                {
                    throw new UserErrorException($"{file} was made on other data (hash {content.Metadata.GetValueOrDefault("data")}, now {dataHash}). Resume with the store it was started on, or start a new run folder.");
                }

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

    /// <summary>Drops the lines of steps after the given one, which a resumed run will write again.</summary>
    public void TruncateStats(int step)
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
