using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Folder;

/// <summary><c>detector.json</c>: everything a score from this detector must be read with. Names in the file are the snake_case
/// forms.</summary>
public sealed record DetectorManifest
{
    /// <summary>The version this build reads and writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the folder's format.</summary>
    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>Trainer, seed and settings.</summary>
    public required DetectorOptions Options { get; init; }

    /// <summary>Feature families in column order.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>Width = height of the pictures in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Number of feature columns.</summary>
    public int Columns { get; init; }

    /// <summary>Training stores: name to SHA-256 of the store's index.</summary>
    public required IReadOnlyDictionary<string, string> TrainingStores { get; init; }

    /// <summary>The split: name or SHA-256 of the split file; null for a detector trained on everything it was given.</summary>
    public string? Split { get; init; }

    /// <summary>The crop specification that frames must come through, as the stores state it.</summary>
    public required string CropContract { get; init; }

    /// <summary>Width = height in pixels at which faces are cut out before they are reduced to <see cref="Size"/>; 0 in folders that do not
    /// say, where both are the same.</summary>
    public int CropSize { get; init; }

    /// <summary>Who found the landmarks of the families over time; null where the detector has none.</summary>
    public string? LandmarkFinder { get; init; }

    /// <summary>Whether training frames were also shown in changed form, each by itself (<see cref="FrameConditions.OfPixels"/>; no video
    /// codec).</summary>
    public bool Augmented { get; init; }

    /// <summary>Where, and in which numbers, its network learnt; null for the CPU in float32, and without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Device { get; init; }

    /// <summary>Other kinds of copies that taught beside the clips (<see cref="TeachingCopies"/>), in ordinal order; null for
    /// none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Copies { get; init; }

    /// <summary>Codecs of the training footage as ffprobe names them, in ordinal order; <c>rendered</c> for procedural heads.</summary>
    public IReadOnlyList<string> Codecs { get; init; } = [];

    /// <summary>Side of the smallest training crop in pixels of its source; 0 when not recorded.</summary>
    public float SmallestCrop { get; init; }

    /// <summary>Side of the largest training crop in pixels of its source; 0 when not recorded.</summary>
    public float LargestCrop { get; init; }

    /// <summary>Generators seen in training, in ordinal order.</summary>
    public IReadOnlyList<string> Generators { get; init; } = [];

    /// <summary>Shot counts seen in training, ascending.</summary>
    public IReadOnlyList<int> Shots { get; init; } = [];

    /// <summary>Modes seen in training, in ordinal order.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [];

    /// <summary>Number of training people.</summary>
    public int TrainingPeople { get; init; }

    /// <summary>Number of training frames of both classes.</summary>
    public int TrainingFrames { get; init; }

    /// <summary>Number of real ones among <see cref="TrainingFrames"/>.</summary>
    public int RealTrainingFrames { get; init; }

    /// <summary>People on whom <see cref="Threshold"/> and <see cref="Importance"/> were found.</summary>
    public int ValidationPeople { get; init; }

    /// <summary>People of the smaller class on whom the calibrator was fitted; 0 without one.</summary>
    public int CalibrationPeople { get; init; }

    /// <summary>The protocol whose rounds set threshold, calibrator and range, such as <c>leave-one-collection-out</c>; null where people
    /// were set aside for that.</summary>
    public string? CalibratedBy { get; init; }

    /// <summary>What the AUC on validation people loses without each family, largest first.</summary>
    public IReadOnlyList<FamilyImportance> Importance { get; init; } = [];

    /// <summary>Score above which a frame counts as generated, chosen on validation people; null when there were none.</summary>
    public double? Threshold { get; init; }

    /// <summary>Mean score of a video above which it counts as generated, chosen on validation videos; null when there were none, and in
    /// folders that do not say.</summary>
    public double? VideoThreshold { get; init; }

    /// <summary>People whom it was trained, validated or calibrated on; null in folders that do not say.</summary>
    public LearntPeople? Learnt { get; init; }

    /// <summary>How it did on fakes that it never learnt from; null where nobody measured it.</summary>
    public UnseenFakes? Unseen { get; init; }

    /// <summary>What whoever trained it wants to be read with every score, such as how it did on generators it never saw; empty for
    /// nothing.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Versions of the toolkit and of ML.NET that made the folder; set when saving.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>File name to SHA-256 of every other file of the folder; set when saving.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The same with what its training frames tell: footage, crops, generators, shots, modes, and how many there are.</summary>
    /// <param name="train">Frames of training people, both classes, each once; at least one.</param>
    public DetectorManifest TrainedOn(IReadOnlyList<FrameRecord> train)
    {
        ArgumentNullException.ThrowIfNull(train);
        string[] Seen(Func<FrameRecord, string?> of) => [.. train.Select(of).OfType<string>().Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        return this with
        {
            Codecs = Seen(frame => frame.SourceCodec.Length > 0 ? frame.SourceCodec : null),
            SmallestCrop = train.Min(frame => frame.CropW),
            LargestCrop = train.Max(frame => frame.CropW),
            Generators = Seen(frame => frame.Origin.Generator),
            Shots = [.. train.Select(frame => frame.Origin.Shots).OfType<int>().Distinct().Order()],
            Modes = Seen(frame => frame.Origin.Mode?.Text()),
            TrainingPeople = train.Select(frame => frame.Identity).Distinct(StringComparer.Ordinal).Count(),
            TrainingFrames = train.Count,
            RealTrainingFrames = train.Count(frame => frame.IsReal),
        };
    }
}
