using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Training;

/// <summary>Training frames in memory, grouped by video: RGB bytes and landmark images of one size.</summary>
/// <remarks>A frame of 64 px takes 24 kB; 20,000 of them are half a gigabyte.</remarks>
public sealed class EpisodeData
{
    private readonly byte[][][] frames;
    private readonly Landmarks68[][] landmarks;

    /// <summary>Takes the frames over.</summary>
    /// <param name="size">Side in pixels of every frame.</param>
    /// <param name="frames">RGB bytes, by video and frame.</param>
    /// <param name="landmarks">Landmarks in pixels of the frame, by video and frame.</param>
    /// <param name="hash">What the data are, for metadata and checkpoints.</param>
    public EpisodeData(int size, byte[][][] frames, Landmarks68[][] landmarks, string hash)
    {
        Size = size;
        this.frames = frames;
        this.landmarks = landmarks;
        Hash = hash;
    }

    /// <summary>Side in pixels.</summary>
    public int Size { get; }

    /// <summary>Hash of the data set.</summary>
    public string Hash { get; }

    /// <summary>Number of videos.</summary>
    public int Videos => frames.Length;

    /// <summary>Number of frames of a video.</summary>
    public int Frames(int video) => frames[video].Length;

    /// <summary>RGB bytes of a frame.</summary>
    public byte[] Pixels(int video, int frame) => frames[video][frame];

    /// <summary>Landmarks of a frame.</summary>
    public Landmarks68 Landmarks(int video, int frame) => landmarks[video][frame];
}
