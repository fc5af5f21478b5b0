namespace ForensicHeads.Detector.Person;

/// <summary>The faces of a file as a recogniser sees them: followed, cut out and aligned in the one way that enrolment, calibration and
/// scoring share. Thread-safe.</summary>
/// <param name="recogniser">Embeds them; stays the caller's.</param>
/// <param name="cropper">Follows them; stays the caller's.</param>
public sealed class PersonMedia(FaceRecogniser recogniser, FaceCropper cropper)
{
    /// <summary>How files are cut: 256 px, which holds a face larger than any recogniser here takes, five frames a second.</summary>
    public static FaceCropperOptions Cropping { get; } = new() { Size = 256, FramesPerSecond = 5 };

    /// <summary>The recogniser.</summary>
    public FaceRecogniser Recogniser => recogniser;

    /// <summary>Looks at a file. A bad one gives a result with status and reason, never an exception.</summary>
    /// <param name="path">Video or photo.</param>
    /// <param name="progress">Frames done, of both passes.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    public SeenMedia Look(string path, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var work = new Embedding(recogniser);
        var analysis = cropper.Process(path, Cropping, work, progress, cancellation);
        return new SeenMedia(analysis, work.Faces);
    }

    private sealed class Embedding(FaceRecogniser recogniser) : ICropWork<float[]>
    {
        public List<SeenFace> Faces { get; } = [];

        public void Begin(IReadOnlyList<FaceTrack> tracks)
        {
        }

        public float[] Map(FaceCrop crop) => recogniser.Embed([new Shot(crop.Image, crop.Landmarks)])[0];

        public bool Take(FaceCrop crop, float[] result)
        {
            Faces.Add(new SeenFace(crop.Track.Number, crop.Frame, recogniser.Design.Reduction(crop.Frame.Landmarks), result));
            return false;
        }
    }
}

/// <summary>The faces of a file.</summary>
/// <param name="Analysis">What was found.</param>
/// <param name="Faces">In order of frames, then of tracks.</param>
public sealed record SeenMedia(VideoAnalysis Analysis, IReadOnlyList<SeenFace> Faces);

/// <summary>A face of a file.</summary>
/// <param name="Track">Its track.</param>
/// <param name="Frame">Its frame.</param>
/// <param name="Reduction">Source pixels that make one of what the recogniser saw; below 1 the face was enlarged.</param>
/// <param name="Vector">Its unit vector.</param>
public sealed record SeenFace(int Track, TrackFrame Frame, double Reduction, float[] Vector);
