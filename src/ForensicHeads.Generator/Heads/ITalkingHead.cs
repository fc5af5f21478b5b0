namespace ForensicHeads.Generator.Heads;

/// <summary>One person, ready to be driven by landmarks.</summary>
public interface ITalkingHead : IDisposable
{
    /// <summary>One frame for each set of driving landmarks, in pixels of the head's frame size. Thread-safe.</summary>
    RgbImage[] Render(IReadOnlyList<Landmarks68> drivers);
}

/// <summary>A way to make a talking head from shots: the few-shot generator, or a baseline attacker.</summary>
public interface IHeadGenerator
{
    /// <summary>Makes the head of one person.</summary>
    /// <param name="shots">At least one shot, all of the generator's frame size.</param>
    /// <param name="progress">Called after every step of a generator that learns.</param>
    /// <param name="cancellation">Stops between steps.</param>
    ITalkingHead Adapt(IReadOnlyList<Shot> shots, IProgress<StepProgress>? progress, CancellationToken cancellation);
}
