namespace ForensicHeads.Media.Decode;

/// <summary>Where a video's pictures come from, one at a time.</summary>
internal abstract class FrameSource : IDisposable
{
    /// <summary>Fills in the next picture.</summary>
    /// <param name="pixels">8-bit R, G, B as shown, row by row.</param>
    /// <param name="number">Number of the picture, from 0.</param>
    /// <param name="time">Its time in seconds as the file has it; null when the file has none.</param>
    /// <returns>False at the end, or where no more can be read.</returns>
    internal abstract bool Next(byte[] pixels, int number, out double? time);

    /// <summary>How it ended, once <see cref="Next"/> has given false.</summary>
    internal abstract DecodeOutcome Conclude(int decoded);

    /// <summary>Ends it early.</summary>
    internal abstract void Stop();

    /// <inheritdoc/>
    public abstract void Dispose();
}
