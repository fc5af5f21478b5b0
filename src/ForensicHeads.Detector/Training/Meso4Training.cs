using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Detector.Training;

/// <summary>
/// Meso-4 from scratch on given frames: the published architecture with its input, dropout and loss (squared error after a sigmoid). Labels
/// are 1 = generated; frames are brought to 256×256 after augmentation.
/// </summary>
public static class Meso4Training
{
    /// <summary>The defaults of this baseline: the paper's learning rate of 0.001, smaller batches than its 75, half the crops.</summary>
    public static NetworkTrainingOptions Defaults { get; } = new() { Rate = 1e-3, Steps = 400, CropShare = 0.0625 };

    /// <summary>Trains on training people and keeps the step that tells the validation people apart best.</summary>
    /// <param name="train">Frames of training people, both classes, one size.</param>
    /// <param name="validation">Frames of other people, both classes; none keeps the last step.</param>
    /// <param name="options">Steps, seed, augmentation.</param>
    /// <param name="progress">Told every step.</param>
    /// <param name="compute">Where, and in which numbers, it learns; null for the CPU in float32.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>The network, for <see cref="MesoDetectors.Retrained"/>.</returns>
    /// <exception cref="UserErrorException">A class is missing, frames differ in size, or an option is out of range.</exception>
    public static TrainedNetwork Learn(
        IReadOnlyList<TrainingFrame> train,
        IReadOnlyList<TrainingFrame> validation,
        NetworkTrainingOptions options,
        IProgress<StepProgress>? progress = null,
        Compute? compute = null,
        CancellationToken cancellation = default) =>
        ClassifierTraining.Train(seed => new Classifier(seed), train, validation, options, compute ?? Compute.Cpu, progress, cancellation);

    private sealed class Classifier : IClassifier
    {
        private readonly Meso4 wiring = new();

        public Classifier(long seed) => Parameters = new NetworkParameters(wiring.Layout, seed, Name);

        public string Name => "meso4";

        public NetworkParameters Parameters { get; }

        public int Channels => 3;

        public int InputSide(int size) => MesoExport.Size;

        public float[] Input(RgbImage image)
        {
            var tensor = new PictureTensor(MesoDetectors.Input, clip: null);
            var values = new float[tensor.Length];
            tensor.Fill(ImageResize.Area(image, MesoExport.Size, MesoExport.Size), 0, values);
            return values;
        }

        public Tensor Logits(Tensor frames, BoundParameters parameters) => wiring.Forward(frames, parameters);

        public Tensor Loss(Tensor logits, Tensor labels) => nn.functional.mse_loss(logits.sigmoid(), labels);

        public OnnxModel Export(NetworkTrainingOptions options, TrainingPoint best) =>
            MesoExport.Write(wiring, Parameters, new Dictionary<string, string>(MesoDetectors.Metadata(Label.Generated))
            {
                ["training"] = CanonicalJson.ToLine(options),
                ["best"] = CanonicalJson.ToLine(best),
            });

        public void Dispose() => Parameters.Dispose();
    }
}

/// <summary>How a network of the detector is trained.</summary>
public sealed record NetworkTrainingOptions
{
    /// <summary>Seed of the first weights and of every draw. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Updates, 1 … 1,000,000. Default 600.</summary>
    public int Steps { get; init; } = 600;

    /// <summary>Pairs of a real and a generated frame in an update, 1 … 1024. Default 16.</summary>
    public int Pairs { get; init; } = 16;

    /// <summary>Highest learning rate of Adam, above 0 up to 0.1. Default 0.002.</summary>
    public double Rate { get; init; } = 2e-3;

    /// <summary>Updates between two looks at the validation people, 1 … 100,000. Default 50.</summary>
    public int ValidateEvery { get; init; } = 50;

    /// <summary>Most validation frames of a class that are looked at, evenly spread, 1 … 1,000,000. Default 256.</summary>
    public int ValidationFrames { get; init; } = 256;

    /// <summary>Whether half the frames are mirrored left to right. Default true.</summary>
    public bool Flips { get; init; } = true;

    /// <summary>Share of the side that a random crop leaves out, 0 … 0.5. Crops start at even pixels, so that 2×2 blocks stay whole.
    /// Default 0.125.</summary>
    public double CropShare { get; init; } = 0.125;

    /// <summary>Share of the frames, of both classes alike, that go through JPEG of a quality drawn from 30 … 95; 0 … 1. Default
    /// 0.</summary>
    public double JpegShare { get; init; }

    /// <summary>Checks every range and returns this.</summary>
    /// <exception cref="UserErrorException">A value outside its range.</exception>
    public NetworkTrainingOptions Validated()
    {
        Check(nameof(Steps), Steps, 1, 1_000_000);
        Check(nameof(Pairs), Pairs, 1, 1024);
        Check(nameof(Rate), Rate, 1e-9, 0.1);
        Check(nameof(ValidateEvery), ValidateEvery, 1, 100_000);
        Check(nameof(ValidationFrames), ValidationFrames, 1, 1_000_000);
        Check(nameof(CropShare), CropShare, 0, 0.5);
        Check(nameof(JpegShare), JpegShare, 0, 1);
        return this;
    }

    private static void Check(string name, double value, double low, double high) =>
        OptionCheck.Within($"Option {OptionCheck.Words(name)}", value, low, high, "change it in the training options");
}
