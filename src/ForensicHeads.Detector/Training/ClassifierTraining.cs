using ForensicHeads.Datasets;
using ForensicHeads.Foundation;
using ForensicHeads.Neural.Files;
using ForensicHeads.Neural.Training;
using ForensicHeads.Statistics;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Detector;

/// <summary>The one training loop of the detector's networks: Adam on drawn pairs, the best step by validation people. One seed and one number of threads give one result.</summary>
internal sealed class ClassifierTraining(IClassifier network, NetworkTrainingOptions options)
{
    // Share of the steps in which the rate rises; after it half a cosine falls to nothing (Loshchilov and Hutter 2017).
    private const double StartShare = 0.05;
    private const int ScoreBatch = 32;

    /// <summary>Makes a network, trains it and exports its best step.</summary>
    /// <param name="create">Makes the network from a seed.</param>
    /// <param name="train">Frames of training people, both classes.</param>
    /// <param name="validation">Frames of other people, both classes; none keeps the last step.</param>
    /// <param name="options">Steps, seed, augmentation.</param>
    /// <param name="progress">Told every step.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    public static TrainedNetwork Train(
        Func<long, IClassifier> create, IReadOnlyList<TrainingFrame> train, IReadOnlyList<TrainingFrame> validation, NetworkTrainingOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        using var network = create(options.Validated().Seed);
        var (curve, best) = new ClassifierTraining(network, options).Learn(train, validation, progress, cancellation);
        return new TrainedNetwork { Model = network.Export(options, best), Curve = curve, Best = best };
    }

    /// <summary>Trains; afterwards the network holds the values of the best step.</summary>
    /// <param name="train">Frames of training people, both classes.</param>
    /// <param name="validation">Frames of other people, both classes; none keeps the last step.</param>
    /// <param name="progress">Told every step.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="UserErrorException">A class is missing, frames differ in size, or the loss stopped being finite.</exception>
    public (IReadOnlyList<TrainingPoint> Curve, TrainingPoint Best) Learn(
        IReadOnlyList<TrainingFrame> train, IReadOnlyList<TrainingFrame> validation, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var draw = new PairDraw(train);
        var chosen = Spread(validation);
        var size = train[0].Image().Width;
        using var scope = NewDisposeScope();
        using var adam = new Adam(network.Parameters.Values, new AdamOptions(options.Rate, Beta1: 0.9, Epsilon: 1e-8));
        var curve = new List<TrainingPoint>();
        TrainingPoint? best = null;
        float[] values = [], running = [];
        var (sum, count) = (0.0, 0);
        for (var step = 1; step <= options.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var loss = Step(draw, adam, step, size);
            (sum, count) = (sum + loss, count + 1);
            progress?.Report(new StepProgress(network.Name, step, options.Steps, "steps", FormattableString.Invariant($"loss {loss:F3}")));
            if (step != options.Steps && (chosen.Length == 0 || step % options.ValidateEvery != 0)) continue;
            var point = Look(chosen, step, sum / count);
            curve.Add(point);
            (sum, count) = (0, 0);
            if (best is not null && !IsBetter(point, best)) continue;
            best = point;
            values = network.Parameters.Values.data<float>().ToArray();
            running = network.Parameters.Running.data<float>().ToArray();
        }

        NetworkFile.Overwrite(network.Parameters.Values, values);
        NetworkFile.Overwrite(network.Parameters.Running, running);
        return (curve, best!);
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
            logits.AddRange(network.Logits(Batch(chunk.Length, i => chunk[i].Image()), bound).data<float>().ToArray());
        }

        return [.. logits];
    }

    private float Step(PairDraw draw, Adam adam, int step, int size)
    {
        using var scope = NewDisposeScope();
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
        var logits = network.Logits(Batch(pictures.Length, i => pictures[i]), network.Parameters.Bind(learn: true, advance: true, dropped));
        var loss = network.Loss(logits, tensor(labels));
        loss.backward();
        adam.Step(Rate(step));
        var value = loss.item<float>();
        return float.IsFinite(value) ? value : throw new UserErrorException(FormattableString.Invariant($"The loss of {network.Name} is {value} at step {step}; lower the rate, now {options.Rate}."));
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
        if (sides.Any(side => side != sides[0])) throw new UserErrorException("The frames have different sizes; bring them to one size first.");
        return tensor(inputs.SelectMany(input => input).ToArray(), [count, network.Channels, sides[0], sides[0]]);
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
            if (side.Length == 0) throw new UserErrorException($"The validation frames hold no {(isGenerated ? Label.Generated : Label.Real).Text()} frame; give both classes or none.");
            var count = Math.Min(side.Length, options.ValidationFrames);
            return [.. Enumerable.Range(0, count).Select(i => side[(int)((long)i * side.Length / count)])];
        }

        return [.. Side(true), .. Side(false)];
    }

    private double Rate(int step)
    {
        var done = (step - 0.5) / options.Steps;
        return options.Rate * (done < StartShare ? done / StartShare : 0.5 * (1 + Math.Cos(Math.PI * (done - StartShare) / (1 - StartShare))));
    }

    private static bool IsBetter(TrainingPoint point, TrainingPoint best) =>
        point.ValidationAuc is null || point.ValidationAuc > best.ValidationAuc || (point.ValidationAuc == best.ValidationAuc && point.ValidationLoss < best.ValidationLoss);

    private static RgbImage Checked(TrainingFrame frame, int size)
    {
        var image = frame.Image();
        return image.Width == size && image.Height == size ? image : throw new UserErrorException($"Frame {frame.Key} has {image.Width}×{image.Height} px, the first has {size} px; bring them to one size first.");
    }
}
