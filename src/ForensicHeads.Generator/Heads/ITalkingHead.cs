namespace ForensicHeads.Generator.Heads;

/// <summary>One person, ready to be driven by landmarks.</summary>
public interface ITalkingHead : IDisposable
{
    /// <summary>One frame for each set of driving landmarks, in pixels of the head's frame size. Thread-safe.</summary>
    RgbImage[] Render(IReadOnlyList<Landmarks68> drivers);
}
