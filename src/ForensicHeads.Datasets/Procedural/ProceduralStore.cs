using System.Globalization;
using System.Text.Json.Serialization;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>What a store of procedural heads holds.</summary>
public sealed record ProceduralOptions
{
    /// <summary>Number of people.</summary>
    public int Identities { get; init; } = 20;

    /// <summary>Number of the first person; ranges that do not overlap give people that do not overlap. The default is above everybody whom
    /// weights that come with the toolkit learnt from, whatever the seed.</summary>
    public int FirstIdentity { get; init; } = 70_000;

    /// <summary>Videos of each person, each with its own light, background, clothes and camera.</summary>
    public int Videos { get; init; } = 2;

    /// <summary>Frames of each video.</summary>
    public int Frames { get; init; } = 40;

    /// <summary>Every how many-th frame of the 25 a second is kept.</summary>
    public int Stride { get; init; } = 4;

    /// <summary>Side of a frame in pixels, 32 to 1024.</summary>
    public int Size { get; init; } = 128;

    /// <summary>Whether each video's camera (blur, noise, demosaicing, JPEG) is put over its frames.</summary>
    public bool Camera { get; init; }

    /// <summary>Seed of everything.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How heads are drawn: heads-1, on which everything that comes with the toolkit was made, or heads-2, which looks more real.
    /// Who is seen, movements and landmarks are the same.</summary>
    // Not written where it is the first, so that stores and caches from before there was a second keep their keys.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RendererVersion Renderer { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public ProceduralOptions Validated()
    {
        Check(Identities is >= 1 and <= 100_000, "--identities", Identities, "1 to 100000");
        Check(FirstIdentity >= 0, "--first", FirstIdentity, "0 or more");
        Check(Videos is >= 1 and <= 100, "--videos", Videos, "1 to 100");
        Check(Frames is >= 1 and <= 1000, "--frames", Frames, "1 to 1000");
        Check(Stride is >= 1 and <= 100, "--stride", Stride, "1 to 100");
        Check(Size is >= 32 and <= 1024, "--size", Size, "32 to 1024");
        Check(Enum.IsDefined(Renderer), "--renderer", (int)Renderer, string.Join(" or ", RendererVersions.Names));
        return this;
    }

    private static void Check(bool holds, string name, int value, string allowed)
    {
        if (!holds) throw new UserErrorException($"{name} is {value}; allowed is {allowed}.", exitCode: 2);
    }
}

/// <summary>Renders people of nobody into a store.</summary>
public static class ProceduralStore
{
    /// <summary>What the index says in place of a codec.</summary>
    internal const string SourceCodec = "rendered";

    private const double FramesPerSecond = 25;

    /// <summary>Renders, all cores at once, and writes the store.</summary>
    /// <param name="options">How many of what.</param>
    /// <param name="path">The store's folder.</param>
    /// <param name="progress">Frames done.</param>
    /// <param name="cancellation">Stops between frames; nothing is left under a final name.</param>
    public static FrameStore Render(ProceduralOptions options, string path, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        options.Validated();
        using var writer = StoreWriter.Create(path, new StoreInfo
        {
            Name = "procedural heads",
            Size = options.Size,
            CropSpecification = CropRule.Procedural,
            Arguments = Arguments(options),
            LicenceSummary = "rendered, shows nobody; Apache-2.0",
            FramesPerSecond = FramesPerSecond / options.Stride,
        });
        var people = Enumerable.Range(options.FirstIdentity, options.Identities)
            .Select(index => ProceduralPerson.Create(options.Seed, index, options.Renderer)).ToArray();
        var videos = people.SelectMany(person => Enumerable.Range(0, options.Videos).Select(index => (Person: person, Index: index)))
            .ToArray();
        long total = (long)videos.Length * options.Frames;
        long done = 0;
        // In batches, so that frames are written in order while memory stays bounded.
        foreach (var batch in videos.Chunk(2 * Environment.ProcessorCount))
        {
            var rendered = new List<(FrameRecord Record, byte[] Png)>[batch.Length];
            ParallelLoop.Run(
                batch.Length, i => rendered[i] = RenderVideo(batch[i].Person, batch[i].Index, options, cancellation), cancellation);
            foreach (var (record, png) in rendered.SelectMany(frames => frames)) writer.AddPng(record, png);
            done += batch.Length * options.Frames;
            progress?.Report(new StepProgress("rendering", done, total, "frames"));
        }

        writer.WriteSidecar("attributes.json",
            CanonicalJson.ToText(people.ToDictionary(person => person.Name, person => person.Attributes)));
        writer.WriteSidecar(ConsentFile.Name, ConsentFile.ToJson(people.Select(person => new ConsentRecord
        {
            Identity = person.Name,
            Basis = ConsentBasis.Synthetic,
            Scope = [ConsentRecord.AnyPurpose],
            Contact = "nobody: this person was rendered",
        })));
        return writer.Complete();
    }

    /// <summary>What a store made with these options says of itself.</summary>
    public static IReadOnlyList<string> Arguments(ProceduralOptions options) =>
        ["procedural", CanonicalJson.ToLine(options), RendererVersions.NameOf(options.Renderer)];

    /// <summary>What stands for the SHA-256 of a source file.</summary>
    internal static string SourceOf(long seed, string video, RendererVersion renderer = RendererVersion.Heads1) =>
        Hashes.OfText(FormattableString.Invariant($"{RendererVersions.NameOf(renderer)}/{seed}/{video}"));

    private static List<(FrameRecord Record, byte[] Png)> RenderVideo(ProceduralPerson person, int index, ProceduralOptions options,
        CancellationToken cancellation)
    {
        var video = new ProceduralVideo(person, index, options.Seed);
        var source = SourceOf(options.Seed, video.Name, options.Renderer);
        var result = new List<(FrameRecord, byte[])>(options.Frames);
        for (var i = 0; i < options.Frames; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var number = i * options.Stride;
            var frame = video.Render(number, options.Size);
            var key = string.Create(CultureInfo.InvariantCulture, $"{video.Name}-{number:D4}");
            var image = options.Camera ? video.Camera.Apply(frame.Image, options.Seed, key) : frame.Image;
            result.Add((new FrameRecord
            {
                Key = key,
                Identity = person.Name,
                Video = video.Name,
                FrameNumber = number,
                TimeS = number / FramesPerSecond,
                Landmarks = frame.Landmarks,
                CropW = options.Size,
                CropH = options.Size,
                SourceSha256 = source,
                SourceCodec = SourceCodec,
                SourceWidth = options.Size,
                SourceHeight = options.Size,
                Licence = "Apache-2.0",
                MayGenerate = true,
            }, ImageCodec.EncodePng(image)));
        }

        return result;
    }
}
