using System.Globalization;
using ForensicHeads.Testing;

namespace ForensicHeads.Detector.Tests.Person;

/// <summary>How well the recognisers tell people apart through our own face finder, landmarks and alignment.</summary>
public class RecogniserFigureTests(ITestOutputHelper output)
{
    // The pictures are 23×28 px; the face finder takes faces from 24 px from chin to brows, so they are enlarged first.
    private const int OrlEnlargement = 8;

    [Theory]
    [InlineData("mobileface-v2", 0.985, 0.9995)]
    [InlineData("dlib-resnet", 0.985, 0.9995)]
    public void Photos_of_one_person_are_more_alike_than_photos_of_two(string name, double orl, double london)
    {
        using var recogniser = FaceRecogniser.Load(RecogniserDesign.ByName(name), SharedData.Models);
        using var finder = CropLandmarks.Load(SharedData.Models);
        var (auc, faces, photos) = Measure(recogniser, finder, Directory.GetFiles(SharedData.At("data/open/stills/orl"), "*.pgm",
            SearchOption.AllDirectories), file => Path.GetFileName(Path.GetDirectoryName(file)!), OrlEnlargement);
        Assert.InRange(faces, 0.95 * photos, photos);
        Assert.InRange(auc, orl, 1);
        (auc, faces, photos) = Measure(recogniser, finder, Directory.GetFiles(SharedData.At("data/open/stills/london"), "*.jpg"),
            file => Path.GetFileName(file)[..3], 1);
        Assert.Equal(photos, faces);
        Assert.InRange(auc, london, 1);
    }

    private (double Auc, int Faces, int Photos) Measure(FaceRecogniser recogniser, CropLandmarks finder, string[] files,
        Func<string, string> person, int enlargement)
    {
        Array.Sort(files, StringComparer.Ordinal);
        var (vectors, people) = (new List<float[]>(), new List<string>());
        foreach (var part in files.Chunk(16))
        {
            var photos = Array.ConvertAll(part, file => Square(ImageCodec.Decode(File.ReadAllBytes(file)), enlargement));
            var found = finder.Find(photos);
            int[] seen = [.. Enumerable.Range(0, part.Length).Where(i => found[i] is not null)];
            vectors.AddRange(recogniser.Embed([.. seen.Select(i => new Shot(photos[i], found[i]!.Points))]));
            people.AddRange(seen.Select(i => person(part[i])));
        }

        var pairs = (from i in Enumerable.Range(0, people.Count)
                     from j in Enumerable.Range(0, i)
                     select (Same: people[i] == people[j], Cosine: FaceRetrieval.Cosine(vectors[i], vectors[j]))).ToArray();
        var auc = Auc.Compute([.. pairs.Where(pair => !pair.Same).Select(pair => pair.Cosine)],
            [.. pairs.Where(pair => pair.Same).Select(pair => pair.Cosine)])!.Value;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{recogniser.Name}: AUC {auc:0.0000} on {people.Distinct().Count()} people, {people.Count} of {files.Length} photos"));
        return (auc, people.Count, files.Length);
    }

    // Enlarged, on a square of grey around which the finder has room.
    private static RgbImage Square(RgbImage photo, int enlargement)
    {
        if (enlargement == 1) return photo;
        var large = ImageResize.Area(photo, photo.Width * enlargement, photo.Height * enlargement);
        var side = 2 * Math.Max(large.Width, large.Height);
        var result = new RgbImage(side, side);
        result.Pixels.AsSpan().Fill(128);
        var (left, top) = ((side - large.Width) / 2, (side - large.Height) / 2);
        for (var y = 0; y < large.Height; y++)
        {
            for (var x = 0; x < large.Width; x++) large[x, y].CopyTo(result[left + x, top + y]);
        }

        return result;
    }
}
