namespace ForensicHeads.Faces.Training;

/// <summary>Training frames of one size, grouped by video: RGB bytes, in memory or read when they are asked for, and landmarks.</summary>
/// <remarks>In memory a frame of 64 px takes 12 kB; 20,000 of them are a quarter of a gigabyte.</remarks>
public sealed class FaceVideos
{
    private readonly Func<int, int, byte[]> read;
    private readonly Landmarks68[][] landmarks;
    private readonly string[]? people;

    /// <summary>Takes the frames over.</summary>
    /// <param name="size">Side in pixels of every frame.</param>
    /// <param name="frames">RGB bytes, by video and frame.</param>
    /// <param name="landmarks">Landmarks in pixels of the frame, by video and frame.</param>
    /// <param name="hash">What the data are, for metadata and checkpoints.</param>
    /// <param name="people">Who each video shows; null where each shows somebody else.</param>
    public FaceVideos(int size, byte[][][] frames, Landmarks68[][] landmarks, string hash, string[]? people = null)
    {
        Size = size;
        read = (video, frame) => frames[video][frame];
        this.landmarks = landmarks;
        Hash = hash;
        IsInMemory = true;
        this.people = people;
    }

    /// <summary>Frames too many for the memory.</summary>
    /// <param name="size">Side in pixels of every frame.</param>
    /// <param name="read">The RGB bytes of a video's frame; called on several threads, and each time that the frame is wanted.</param>
    /// <param name="landmarks">Landmarks in pixels of the frame, by video and frame.</param>
    /// <param name="hash">What the data are, for metadata and checkpoints.</param>
    /// <param name="people">Who each video shows; null where each shows somebody else.</param>
    public FaceVideos(int size, Func<int, int, byte[]> read, Landmarks68[][] landmarks, string hash, string[]? people = null)
    {
        Size = size;
        this.read = read;
        this.landmarks = landmarks;
        Hash = hash;
        this.people = people;
    }

    /// <summary>Whether reading any frame costs next to nothing.</summary>
    public bool IsInMemory { get; }

    /// <summary>Side in pixels.</summary>
    public int Size { get; }

    /// <summary>Hash of the data set.</summary>
    public string Hash { get; }

    /// <summary>Whom they show.</summary>
    public LearntPeople Learnt { get; init; } = new([], []);

    /// <summary>Number of videos.</summary>
    public int Videos => landmarks.Length;

    /// <summary>Number of frames of a video.</summary>
    public int Frames(int video) => landmarks[video].Length;

    /// <summary>RGB bytes of a frame.</summary>
    public byte[] Pixels(int video, int frame) => read(video, frame);

    /// <summary>Who a video shows.</summary>
    public string Person(int video) => people?[video] ?? FormattableString.Invariant($"video {video}");

    /// <summary>Landmarks of a frame.</summary>
    public Landmarks68 Landmarks(int video, int frame) => landmarks[video][frame];
}
