using System.Globalization;

namespace ForensicHeads.Detector.Person;

/// <summary>Makes a person file from photos and videos.</summary>
/// <param name="media">Looks at them.</param>
/// <param name="calibration">Says how far apart pictures of one person lie.</param>
public sealed class PersonEnrolment(PersonMedia media, PersonCalibration calibration)
{
    /// <summary>Most references: more do not make it better, and each is compared with every frame.</summary>
    public const int MostReferences = 100;

    // A face that is enlarged more than twofold has too little to tell a person by.
    private const double LeastReduction = 0.5;

    // Of what passes for one person, by which share two photos may differ and are still one picture, saved again.
    private const double SamePicture = 0.02;

    /// <summary>Frames taken from each video, evenly spread, 1 … 100. Default 5.</summary>
    public int FramesPerVideo { get; init; } = 5;

    /// <summary>Takes references that look like two people, too.</summary>
    public bool TakesUnlike { get; init; }

    /// <summary>Looks at every file and keeps its references.</summary>
    /// <param name="files">Photos and videos, one face in each.</param>
    /// <param name="consent">The record of who they show, as <see cref="ConsentGate"/> let it pass.</param>
    /// <param name="toolVersion">Version of the toolkit.</param>
    /// <param name="warn">Takes what the user should know of a file that is used all the same.</param>
    /// <param name="progress">Files done.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    /// <exception cref="UserErrorException">A file without a face, with several, or with one that is too small; references that look like
    /// two people; too many.</exception>
    public EnrolledPerson Enroll(IReadOnlyList<string> files, ConsentRecord consent, string toolVersion, Action<string> warn,
        IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(consent);
        ArgumentNullException.ThrowIfNull(warn);
        OptionCheck.Between("enrolment", 1, MostReferences, (nameof(FramesPerVideo), FramesPerVideo));
        var kept = new List<(PersonReference Reference, float[] Vector)>();
        foreach (var (i, file) in files.Index())
        {
            Add(file);
            progress?.Report(new StepProgress("enrolling", i + 1, files.Count, "files", Path.GetFileName(file)));
        }

        if (kept.Count > MostReferences) throw new UserErrorException(
            $"{kept.Count} references are too many; up to {MostReferences} are taken. Give fewer photos, or fewer frames of each video.");
        float[][] vectors = [.. kept.Select(one => one.Vector)];
        string[] names = [.. kept.Select(one => one.Reference.Name)];
        if (vectors.Length > 1 && !TakesUnlike) ShotConsistency.Check(vectors, calibration.Limit).Require(names, "--unlike");
        if (vectors.Length < 3) warn(string.Create(CultureInfo.InvariantCulture,
            $"{vectors.Length} reference{(vectors.Length == 1 ? " says" : "s say")} little of how a person looks in other light; "
            + $"the calibration holds {PersonCalibration.References}."));
        return new EnrolledPerson
        {
            Version = EnrolledPerson.CurrentVersion,
            ToolVersion = toolVersion,
            Identity = consent.Identity,
            Consent = consent,
            Network = media.Recogniser.Name,
            NetworkSha256 = media.Recogniser.Sha256,
            Spread = new PersonReferences(vectors).Spread,
            References = [.. kept.Select(one => one.Reference)],
        };

        void Add(string file)
        {
            var seen = media.Look(file, null, cancellation);
            var faces = Chosen(file, seen, warn);
            var isPhoto = seen.Analysis.Facts!.IsPhoto;
            foreach (var face in faces)
            {
                var reference = PersonReference.Of(Path.GetFileName(file), seen.Analysis.Facts.Sha256, face);
                var twin = kept.FirstOrDefault(one => one.Reference.Sha256 == reference.Sha256 && one.Reference.Frame == reference.Frame
                    || isPhoto && 1 - FaceRetrieval.Cosine(one.Vector, face.Vector) < SamePicture * calibration.Limit);
                if (twin.Reference is null) kept.Add((reference, face.Vector));
                else warn($"{file} is the same picture as {twin.Reference.Name}; it counts once.");
            }
        }
    }

    private SeenFace[] Chosen(string file, SeenMedia seen, Action<string> warn)
    {
        var analysis = seen.Analysis;
        if (analysis.Status == MediaStatus.Rejected || seen.Faces.Count == 0) throw new UserErrorException(
            $"{file} was refused: {analysis.Reason}. Choose another file, with one face that is large and sharp enough.");
        if (analysis.Status == MediaStatus.Partial) warn(
            $"{file} is damaged or cut short ({analysis.Reason}); what could be read is used.");
        if (seen.Faces.GroupBy(face => face.Frame.FrameNumber).FirstOrDefault(frame => frame.Count() > 1) is { } crowd)
            throw new UserErrorException(
                $"{file} shows {crowd.Count()} faces at once{(analysis.Facts!.IsPhoto ? "" : $" (frame {crowd.Key})")}, and whose is meant "
                + "cannot be guessed. Crop it to one face, or give another file.");
        var count = analysis.Facts!.IsPhoto ? 1 : Math.Min(FramesPerVideo, seen.Faces.Count);
        SeenFace[] faces = [.. Enumerable.Range(0, count).Select(i => seen.Faces[i * seen.Faces.Count / count])];
        var least = faces.MinBy(face => face.Reduction)!;
        var height = least.Frame.Crop.Size * PersonMedia.Cropping.FaceShare;
        if (least.Reduction < LeastReduction) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"{file} shows a face of {height:0} pixels from chin to brows, and {media.Recogniser.Name} needs "
            + $"{Math.Ceiling(height * LeastReduction / least.Reduction):0} or more. Give a larger picture."));
        if (least.Reduction < 1) warn(string.Create(CultureInfo.InvariantCulture,
            $"{file} shows a small face, of {height:0} pixels from chin to brows: it was enlarged {1 / least.Reduction:0.0} times for "
            + $"{media.Recogniser.Name}, which tells people apart less well by it."));
        return faces;
    }
}
