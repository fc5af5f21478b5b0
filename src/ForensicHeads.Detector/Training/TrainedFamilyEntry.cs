namespace ForensicHeads.Detector.Training;

/// <summary>
/// A feature family whose network each detector teaches anew: how it is taught, opened and measured. To add one, write a class and name it
/// in <see cref="FeatureFamilies.Trained"/>. A detector has one of them at most, beside others.
/// </summary>
/// <param name="name">Among the families.</param>
/// <param name="fileName">Name of the network's file in a detector's folder.</param>
/// <param name="columns">The columns' names, the same at every size.</param>
public abstract class TrainedFamilyEntry(string name, string fileName, IReadOnlyList<string> columns) : INamed
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Name of the network's file in a detector's folder.</summary>
    public string FileName => fileName;

    /// <summary>The columns' names, without the family's own.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>Teaches networks so that no row of training comes from one that saw its person.</summary>
    /// <param name="train">Frames of training people, both classes, one size.</param>
    /// <param name="validation">Frames of other people, both classes, which choose the step of each network; none keeps the last.</param>
    /// <param name="options">Steps, seed, augmentation.</param>
    /// <param name="folds">Number of folds, 2 … 20.</param>
    /// <param name="compute">Where, and in which numbers, the networks learn.</param>
    /// <param name="progress">Told every step of every network.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="UserErrorException">Fewer people than folds, or a training without a fold lacks a class.</exception>
    public abstract OutOfFoldFeatures Teach(IReadOnlyList<TrainingFrame> train, IReadOnlyList<TrainingFrame> validation,
        NetworkTrainingOptions options, int folds, Compute compute, IProgress<StepProgress>? progress, CancellationToken cancellation);

    /// <summary>Opens a taught network from its bytes, which are kept.</summary>
    /// <param name="model">What <see cref="Teach"/> gave.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="UserErrorException">Not such a file.</exception>
    public abstract IFileFamily Open(byte[] model, string source);

    /// <summary>Features of frames by a taught network: for people outside its training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="frames">The frames, of one size.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    /// <returns>float32[frames][columns].</returns>
    public float[][] Measure(TrainedNetwork network, IReadOnlyList<TrainingFrame> frames, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0) return [];
        using var family = Open(network.Model.Bytes, FileName);
        return FeatureExtractor.Extract(
            frames.Count, i => frames[i].Image(), FeatureLayout.Of([family], frames[0].Image().Width), cancellation: cancellation);
    }
}

/// <summary><c>cnn</c>, the small network on residual and colours.</summary>
public sealed class CnnEntry() : TrainedFamilyEntry(CnnFamily.FamilyName, CnnFamily.ModelFile, CnnFamily.Columns)
{
    /// <inheritdoc/>
    public override OutOfFoldFeatures Teach(IReadOnlyList<TrainingFrame> train, IReadOnlyList<TrainingFrame> validation,
        NetworkTrainingOptions options, int folds, Compute compute, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        CnnFeatures.OutOfFold(train, validation, options, folds, progress, compute, cancellation);

    /// <inheritdoc/>
    public override IFileFamily Open(byte[] model, string source) => CnnFamily.FromBytes(model, source);
}
