using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Detector.Training;

/// <summary>
/// The training of the detector's networks: Adam on drawn pairs, the best step by validation people. One seed and one number of threads
/// give one result.
/// </summary>
internal sealed class ClassifierTraining(IClassifier network, NetworkTrainingOptions options, Compute? compute = null)
{
    private const int ScoreBatch = 32;

    /// <summary>Makes a network, trains it and exports its best step.</summary>
    /// <param name="create">Makes the network from a seed.</param>
    /// <param name="train">Frames of training people, both classes.</param>
    /// <param name="validation">Frames of other people, both classes; none keeps the last step.</param>
    /// <param name="options">Steps, seed, augmentation.</param>
    /// <param name="compute">Where, and in which numbers, it learns.</param>
    /// <param name="progress">Told every step.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    public static TrainedNetwork Train(
        Func<long, IClassifier> create, IReadOnlyList<TrainingFrame> train, IReadOnlyList<TrainingFrame> validation,
            NetworkTrainingOptions options, Compute compute, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        using var network = create(options.Validated().Seed);
        network.Parameters.To(compute.Device);
        var (curve, best) = new ClassifierTraining(network, options, compute).Learn(train, validation, progress, cancellation);
        return new TrainedNetwork { Model = network.Export(options, best), Curve = curve, Best = best };
    }

    /// <summary>Trains; afterwards the network holds the values of the best step.</summary>
    /// <param name="train">Frames of training people, both classes.</param>
    /// <param name="validation">Frames of other people, both classes; none keeps the last step.</param>
    /// <param name="progress">Told every step.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="UserErrorException">A class is missing, frames differ in size, or the loss stopped being finite.</exception>
    public (IReadOnlyList<TrainingPoint> Curve, TrainingPoint Best) Learn(
        IReadOnlyList<TrainingFrame> train, IReadOnlyList<TrainingFrame> validation, IProgress<StepProgress>? progress,
            CancellationToken cancellation)
    {
        var draw = new PairDraw(train);
        var chosen = Spread(validation);
        var size = train[0].Image().Width;
        var curve = new List<TrainingPoint>();
        TrainingPoint? best = null;
        float[] values = [], running = [];
        var (sum, count) = (0.0, 0);
        TrainingLoop.Descend(
            network.Parameters.Values, options.Steps, options.Rate, step => Loss(draw, step + 1, size), After, cancellation, IsLook);
        NetworkFile.Overwrite(network.Parameters.Values, values);
        NetworkFile.Overwrite(network.Parameters.Running, running);
        return (curve, best!);

        bool IsLook(int step) => step == options.Steps || (chosen.Length > 0 && step % options.ValidateEvery == 0);

        void After(int step, double loss)
        {
            if (!double.IsFinite(loss))
            {
                throw new UserErrorException(FormattableString.Invariant(
                    $"The loss of {network.Name} is {loss} at step {step}; lower the rate, now {options.Rate}."));
            }

            (sum, count) = (sum + loss, count + 1);
            progress?.Report(new StepProgress(network.Name, step, options.Steps, "steps", FormattableString.Invariant($"loss {loss:F3}")));
            if (!IsLook(step)) return;
            var point = Look(chosen, step, sum / count);
            curve.Add(point);
            (sum, count) = (0, 0);
            if (best is not null && !IsBetter(point, best)) return;
            best = point;
            values = network.Parameters.Values.ToHost<float>();
            running = network.Parameters.Running.ToHost<float>();
        }
    }

    /// <summary>Logits of frames.</summary>
    public float[] Logits(IReadOnlyList<TrainingFrame> frames)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = network.Parameters.Bind(learn: false, advance: false);
        var logits = new List<float>(frames.Count);
        foreach (var chunk in frames.Chunk(ScoreBatch))
        {
            using var inner = NewDisposeScope();
            logits.AddRange(Logits(Batch(chunk.Length, i => chunk[i].Image()), bound).ToHost<float>());
        }

        return [.. logits];
    }

    private Tensor Loss(PairDraw draw, int step, int size)
    {
        var labels = new float[2 * options.Pairs];
        var pairs = new (TrainingFrame Generated, TrainingFrame Real, SeededRandom Random)[options.Pairs];
        for (var i = 0; i < pairs.Length; i++)
        {
            var random = new SeededRandom(options.Seed, FormattableString.Invariant($"{network.Name}/{step}/{i}"));
            var (generated, real) = draw.Draw(i, random);
            pairs[i] = (generated, real, random);
            labels[2 * i] = 1;
        }

        var pictures = new RgbImage[labels.Length];
        ParallelLoop.Run(pairs.Length, i =>
        {
            var (generated, real, random) = pairs[i];
            pictures[2 * i] = FrameAugmentation.Apply(Checked(generated, size), random, options);
            pictures[(2 * i) + 1] = FrameAugmentation.Apply(Checked(real, size), random, options);
        });
        var dropped = new SeededRandom(options.Seed, FormattableString.Invariant($"{network.Name}/{step}/dropout"));
        var logits = Logits(Batch(pictures.Length, i => pictures[i]), network.Parameters.Bind(learn: true, advance: true, dropped));
        return network.Loss(logits, labels.ToTensor(logits.device));
    }

    private Tensor Logits(Tensor frames, BoundParameters bound)
    {
        using var fast = compute?.Forwards();
        return network.Logits(frames, bound).to_type(ScalarType.Float32);
    }

    private Tensor Batch(int count, Func<int, RgbImage> picture)
    {
        var inputs = new float[count][];
        var sides = new int[count];
        ParallelLoop.Run(count, i =>
        {
            var image = picture(i);
            sides[i] = network.InputSide(image.Width);
            inputs[i] = network.Input(image);
        });
        if (sides.Any(
            side => side != sides[0])) throw new UserErrorException("The frames have different sizes; bring them to one size first.");
        return inputs.SelectMany(input => input).ToArray().ToTensor(network.Parameters.Device, count, network.Channels, sides[0], sides[0]);
    }

    private TrainingPoint Look(TrainingFrame[] frames, int step, double loss)
    {
        if (frames.Length == 0) return new TrainingPoint(step, loss, null, null);
        var logits = Logits(frames);
        var labels = Array.ConvertAll(frames, frame => frame.Generated);
        // −ln of the probability of the true class, without overflow.
        double Entropy(bool isGenerated) => Enumerable.Range(0, logits.Length).Where(i => labels[i] == isGenerated).Average(i =>
        {
            var against = isGenerated ? -(double)logits[i] : logits[i];
            return Math.Max(against, 0) + Math.Log(1 + Math.Exp(-Math.Abs(against)));
        });
        return new TrainingPoint(step, loss, Auc.Of(logits, labels), (Entropy(true) + Entropy(false)) / 2);
    }

    private TrainingFrame[] Spread(IReadOnlyList<TrainingFrame> frames)
    {
        if (frames.Count == 0) return [];
        TrainingFrame[] Side(bool isGenerated)
        {
            var side = frames.Where(frame => frame.Generated == isGenerated).ToArray();
            if (side.Length == 0) throw new UserErrorException(
                $"The validation frames hold no {(isGenerated ? Label.Generated : Label.Real).Text()} frame; give both classes or none.");
            var count = Math.Min(side.Length, options.ValidationFrames);
            return [.. Enumerable.Range(0, count).Select(i => side[(int)((long)i * side.Length / count)])];
        }

        return [.. Side(true), .. Side(false)];
    }

    private static bool IsBetter(TrainingPoint point, TrainingPoint best) =>
        point.ValidationAuc is null || point.ValidationAuc > best.ValidationAuc
            || (point.ValidationAuc == best.ValidationAuc && point.ValidationLoss < best.ValidationLoss);

    private static RgbImage Checked(TrainingFrame frame, int size)
    {
        var image = frame.Image();
        return image.Width == size && image.Height == size ? image
            : throw new UserErrorException(
                $"Frame {frame.Key} has {image.Width}×{image.Height} px, the first has {size} px; bring them to one size first.");
    }
}

/// <summary>A network in training that answers each picture with one logit, positive = generated.</summary>
internal interface IClassifier : IDisposable
{
    /// <summary>Its name: of its random streams, and in messages.</summary>
    string Name { get; }

    /// <summary>Its values.</summary>
    NetworkParameters Parameters { get; }

    /// <summary>Channels of its input.</summary>
    int Channels { get; }

    /// <summary>Side of its input for pictures of a side.</summary>
    int InputSide(int size);

    /// <summary>float32[Channels, side, side].</summary>
    float[] Input(RgbImage image);

    /// <summary>float32[N, Channels, side, side] to logits float32[N].</summary>
    Tensor Logits(Tensor frames, BoundParameters parameters);

    /// <summary>The loss that is learnt, of logits and labels float32[N].</summary>
    Tensor Loss(Tensor logits, Tensor labels);

    /// <summary>The network as it is, with what it was trained by.</summary>
    OnnxModel Export(NetworkTrainingOptions options, TrainingPoint best);
}

/// <summary>A trained network with the history of its training.</summary>
public sealed record TrainedNetwork
{
    /// <summary>The network of the best step, as ONNX.</summary>
    public required OnnxModel Model { get; init; }

    /// <summary>The looks at the validation people, in order; one at the end where there were none.</summary>
    public required IReadOnlyList<TrainingPoint> Curve { get; init; }

    /// <summary>The point that was kept: highest validation AUC, among equals the lowest validation loss.</summary>
    public required TrainingPoint Best { get; init; }
}

/// <summary>A look at a network in training.</summary>
/// <param name="Step">Updates so far.</param>
/// <param name="Loss">Mean training loss since the last look.</param>
/// <param name="ValidationAuc">Area under the ROC curve over the frames of validation people; null without them.</param>
/// <param name="ValidationLoss">Cross entropy over the same frames, classes weighing the same, nats; null without them.</param>
public sealed record TrainingPoint(int Step, double Loss, double? ValidationAuc, double? ValidationLoss);
