using ForensicHeads.Foundation;
using ForensicHeads.Generator.Frames;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Heads;

/// <summary>Watches fine-tuning by a shot that is not learnt from, and keeps the weights of the step that served it best.</summary>
internal sealed class BestStep : IDisposable
{
    private const int Every = 5;
    private readonly FineTuner learner;
    private readonly Tensor frame;
    private readonly Tensor landmarks;
    private readonly int shot;
    private (int Step, double Loss) best;
    private double last;

    /// <summary>Starts with the head as it is before the first step.</summary>
    public BestStep(FineTuner learner, Shot heldOut, int shot)
    {
        (this.learner, this.shot) = (learner, shot);
        frame = FrameTensor.From([heldOut.Image]).DetachFromDisposeScope();
        landmarks = FrameTensor.From([LandmarkRaster.Draw(heldOut.Landmarks, heldOut.Image.Width)]).DetachFromDisposeScope();
        best = (0, last = learner.Loss(frame, landmarks));
        learner.Keep();
    }

    /// <summary>Which of so many shots is held out: drawn once, so that the same seed holds out the same.</summary>
    public static int Choose(int shots, long seed) => new SeededRandom(seed, "held-out-shot").NextInt(shots);

    /// <summary>Looks after every fifth step and the last.</summary>
    public void After(int step, int steps)
    {
        if (step % Every != 0 && step != steps) return;
        last = learner.Loss(frame, landmarks);
        // A loss that is no number is never better.
        if (!(last < best.Loss)) return;
        best = (step, last);
        learner.Keep();
    }

    /// <summary>What came of it.</summary>
    public KeptStep Result(int steps) => new(best.Step, steps, shot, best.Loss, double.IsFinite(last) ? last : null);

    /// <inheritdoc/>
    public void Dispose()
    {
        frame.Dispose();
        landmarks.Dispose();
    }
}
