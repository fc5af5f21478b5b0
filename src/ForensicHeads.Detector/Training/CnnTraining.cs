using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Detector.Training;

/// <summary>Trains the network of the <c>cnn</c> family.</summary>
public static class CnnTraining
{
    /// <summary>Trains on training people and keeps the step that tells the validation people apart best. Cross entropy, Adam, seeded flips
    /// and crops.</summary>
    /// <param name="train">Frames of training people, both classes, one size.</param>
    /// <param name="validation">Frames of other people, both classes; none keeps the last step.</param>
    /// <param name="options">Steps, seed, augmentation.</param>
    /// <param name="progress">Told every step.</param>
    /// <param name="compute">Where, and in which numbers, it learns; null for the CPU in float32.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>The network, for <see cref="CnnFamily.FromBytes"/>.</returns>
    /// <exception cref="UserErrorException">A class is missing, frames differ in size, or an option is out of range.</exception>
    public static TrainedNetwork Learn(
        IReadOnlyList<TrainingFrame> train,
        IReadOnlyList<TrainingFrame> validation,
        NetworkTrainingOptions options,
        IProgress<StepProgress>? progress = null,
        Compute? compute = null,
        CancellationToken cancellation = default) =>
        ClassifierTraining.Train(seed => new Classifier(seed), train, validation, options, compute ?? Compute.Cpu, progress, cancellation);

    /// <summary>The network in training.</summary>
    internal sealed class Classifier : IClassifier
    {
        private readonly ForensicCnn wiring = new();

        public Classifier(long seed) => Parameters = new NetworkParameters(wiring.Layout, seed, Name);

        public string Name => CnnFamily.FamilyName;

        public NetworkParameters Parameters { get; }

        public int Channels => CnnInput.Channels;

        public int InputSide(int size) => size;

        public float[] Input(RgbImage image)
        {
            var planes = new float[CnnInput.Channels * image.Width * image.Height];
            CnnInput.Fill(image, planes);
            return planes;
        }

        public Tensor Logits(Tensor frames, BoundParameters parameters) => wiring.Forward(frames, parameters).Logits;

        public Tensor Loss(Tensor logits, Tensor labels) => nn.functional.binary_cross_entropy_with_logits(logits, labels);

        public OnnxModel Export(NetworkTrainingOptions options, TrainingPoint best) =>
            ForensicCnnExport.Write(wiring, Parameters, new Dictionary<string, string>
            {
                ["kind"] = CnnFamily.Kind,
                ["training"] = CanonicalJson.ToLine(options),
                ["best"] = CanonicalJson.ToLine(best),
            });

        public void Dispose() => Parameters.Dispose();
    }
}
