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
        frame = FrameTensor.From([heldOut.Image], learner.Device).DetachFromDisposeScope();
        landmarks = FrameTensor.From([LandmarkRaster.Draw(heldOut.Landmarks, heldOut.Image.Width)], learner.Device)
            .DetachFromDisposeScope();
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

/// <summary>Which step of fine-tuning a head was taken from, chosen by a shot that was kept from learning.</summary>
/// <param name="Step">Generator updates behind the head; 0 is the feed-forward start.</param>
/// <param name="Steps">Updates that were run.</param>
/// <param name="HeldOutShot">Which of the shots was held out, from 0.</param>
/// <param name="HeldOutLoss">Its content loss at the kept step.</param>
/// <param name="LastLoss">Its content loss after the last step; null when that was no number.</param>
public sealed record KeptStep(int Step, int Steps, int HeldOutShot, double HeldOutLoss, double? LastLoss);
