using static TorchSharp.torch;

namespace ForensicHeads.Detector.Training;

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
