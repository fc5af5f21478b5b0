using System.Globalization;

namespace ForensicHeads.Benchmarks.Person;

/// <summary>Measures by what numbers likeness becomes a ratio, for each recogniser of real faces, on true clips; no fake is looked
/// at.</summary>
internal static class PersonCalibrationStudy
{
    private const int FewestFrames = 8;

    // What may be looked at in an evaluation alone has no part in numbers that are shipped.
    private const string EvaluationOnly = "D";

    // Whom docs/statistics.md shows the commands with.
    private static readonly string[] HeldOut = ["pub_obama"];

    /// <summary>Measures, prints, and writes a file a recogniser.</summary>
    /// <param name="arguments">A folder with SOURCES.csv (file, person, label, licence_class); the folder to write to.</param>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var data, var to]) throw new UserErrorException(
            "Give the folder of clips with SOURCES.csv, and the folder to write to: person DATA OUT.", exitCode: 2);
        var clips = Clips(data);
        using var cropper = FaceCropper.Load();
        foreach (var design in RecogniserDesign.All)
        {
            using var recogniser = FaceRecogniser.Load(design);
            var media = new PersonMedia(recogniser, cropper);
            var people = new List<PersonClips>();
            foreach (var person in clips)
            {
                PersonClip[] seen = [.. person.Select(file => Look(media, data, file)).Where(clip => clip.Vectors.Count >= FewestFrames)];
                if (seen.Length == 0) Console.WriteLine($"{person.Key}: no clip with {FewestFrames} frames of a face; left out");
                else people.Add(new PersonClips(person.Key, seen));
            }

            var fitted = PersonCalibration.Fit(design, people);
            AtomicFile.WriteText(to, $"{design.Name}.json", CanonicalJson.ToText(fitted));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{design.Name}: {fitted.Describe()}; {fitted.PeopleRefused} refused; one person up to distance {fitted.Limit:0.000}, "
                + $"which {fitted.OwnWithinLimit:0.000} of pairs of one person's clips keep"));
        }

        return 0;
    }

    private static IGrouping<string, string>[] Clips(string data)
    {
        var real = Label.Real.Text();
        return [.. CsvReader.Read(Path.Combine(data, "SOURCES.csv")).Rows
            .Where(row => row["label"] == real && row["licence_class"] != EvaluationOnly && !HeldOut.Contains(row["person"])
                && row["file"]!.StartsWith("real/", StringComparison.Ordinal))
            .OrderBy(row => row["file"], StringComparer.Ordinal).GroupBy(row => row["person"]!, row => row["file"]!)
            .OrderBy(person => person.Key, StringComparer.Ordinal)];
    }

    // The face that is seen longest.
    private static PersonClip Look(PersonMedia media, string data, string file)
    {
        var faces = media.Look(Path.Combine(data, file)).Faces.GroupBy(face => face.Track).MaxBy(track => track.Count());
        return new PersonClip(file, [.. (faces ?? Enumerable.Empty<SeenFace>()).Select(face => face.Vector)]);
    }
}
