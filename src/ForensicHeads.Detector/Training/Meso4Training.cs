using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Detector.Training;

/// <summary>
/// Meso-4 from scratch on given frames: the published architecture with its input, dropout and loss (squared error after a sigmoid). Labels are 1 = generated; frames
/// are brought to 256×256 after augmentation.
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
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>The network, for <see cref="MesoNet.FromBytes"/>.</returns>
    /// <exception cref="UserErrorException">A class is missing, frames differ in size, or an option is out of range.</exception>
    public static TrainedNetwork Learn(
        IReadOnlyList<TrainingFrame> train,
        IReadOnlyList<TrainingFrame> validation,
        NetworkTrainingOptions options,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default) =>
        ClassifierTraining.Train(seed => new Classifier(seed), train, validation, options, progress, cancellation);

    private sealed class Classifier : IClassifier
    {
        private readonly Meso4 wiring = new();

        public Classifier(long seed) => Parameters = new NetworkParameters(wiring.Layout, seed, Name);

        public string Name => "meso4";

        public NetworkParameters Parameters { get; }

        public int Channels => 3;

        public int InputSide(int size) => MesoExport.Size;

        public float[] Input(RgbImage image) => MesoNet.Input(image);

        public Tensor Logits(Tensor frames, BoundParameters parameters) => wiring.Forward(frames, parameters);

        public Tensor Loss(Tensor logits, Tensor labels) => nn.functional.mse_loss(logits.sigmoid(), labels);

        public OnnxModel Export(NetworkTrainingOptions options, TrainingPoint best) => MesoExport.Write(wiring, Parameters, new Dictionary<string, string>
        {
            ["kind"] = MesoNet.Kind,
            [MesoNet.PositiveField] = Label.Generated.Text(),
            ["training"] = CanonicalJson.ToLine(options),
            ["best"] = CanonicalJson.ToLine(best),
        });

        public void Dispose() => Parameters.Dispose();
    }
}
