using System.Globalization;

namespace ForensicHeads.Cli.Training;

/// <summary>One meta-learning run of the command line.</summary>
/// <param name="Run">The command's run.</param>
/// <param name="Folder">Where the run lies.</param>
/// <param name="Options">How to learn.</param>
internal sealed record TrainRun(CommandRun Run, RunFolder Folder, TrainOptions Options)
{
    private const string HalfName = "weights-half.safetensors";
    private const string CompactName = "weights-compact.safetensors";

    /// <summary>Whether to go on from the last checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether to write 16-bit weights, too.</summary>
    public bool Half { get; init; }

    /// <summary>Whether to write them with E and D in 8 bits, too.</summary>
    public bool Compact { get; init; }

    /// <summary>The people of the sample grids; null where nobody may be shown.</summary>
    public required SampleGrid? Grid { get; init; }

    /// <summary>What the frames were taken from.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>Facts for the weights' metadata.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Where, and in which numbers, it learns.</summary>
    public required Compute Compute { get; init; }

    /// <summary>Where the networks of content losses lie.</summary>
    public required ContentLossFiles Losses { get; init; }

    /// <summary>Stops a second training from running over the first.</summary>
    public static void Check(string path, bool resume)
    {
        var full = Path.GetFullPath(path);
        if (resume && !Directory.Exists(full))
            throw new UserErrorException($"There is no run at {full} to resume. Start it without --resume.");
        var folder = new RunFolder(full);
        if (!resume && (folder.HasCheckpoint || File.Exists(folder.OptionsFile) || File.Exists(folder.WeightsFile)))
        {
            throw new UserErrorException($"{folder.Path} holds a training already. Go on with it by --resume, or choose another --out.");
        }

        if (!resume
            && folder.Foreign
            is { } foreign) throw new UserErrorException(
                $"{folder.Path} is not empty: it holds '{foreign}'. Choose another --out, or empty it first.");
    }

    /// <summary>Learns to the last step.</summary>
    public async Task<CommandOutcome> ToTheEndAsync(FaceVideos data, GeneratorWeights start)
    {
        var warnings = new List<string>();
        var training = new MetaTraining(data, start, Options, Folder)
        {
            Metadata = Metadata,
            ContentFiles = Losses,
            Compute = Compute,
            Inputs = Inputs,
            Samples = Grid,
            Time = Run.Context.Time,
            Warn = message =>
            {
                warnings.Add(message);
                Run.Warn(message);
            },
        };
        var file = await training.RunAsync(Resume, Run.Progress, Run.Cancellation).ConfigureAwait(false);
        var half = Half ? Write(file, HalfName, TensorPrecision.Bits16) : null;
        var compact = Compact ? Write(file, CompactName, TensorPrecision.Bits8) : null;
        Run.Say(string.Create(CultureInfo.InvariantCulture, $"{Options.Steps} steps on {data.Videos} videos: {file}"));
        if (half is not null) Run.Say($"16-bit weights: {half}");
        if (compact is not null) Run.Say($"compact weights: {compact}");
        return new CommandOutcome(new
        {
            run = Folder.Path,
            weights = file,
            weights_sha256 = Hashes.OfFile(file),
            weights_half = half,
            weights_half_sha256 = half is null ? null : Hashes.OfFile(half),
            weights_compact = compact,
            weights_compact_sha256 = compact is null ? null : Hashes.OfFile(compact),
            preset = start.Preset.Name,
            steps = Options.Steps,
            videos = data.Videos,
            data_sha256 = data.Hash,
            metadata = Metadata,
            warnings,
        });
    }

    private static string Write(string file, string name, TensorPrecision precision)
    {
        var path = Path.Combine(Path.GetDirectoryName(file)!, name);
        using var weights = GeneratorWeights.Load(file);
        weights.Save(path, weights.Metadata, precision);
        return path;
    }
}
