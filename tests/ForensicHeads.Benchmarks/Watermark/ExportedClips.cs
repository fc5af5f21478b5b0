namespace ForensicHeads.Benchmarks.Watermark;

/// <summary>Clips of different people, made and exported as <c>adapt --mode ff</c> and <c>generate</c> do, and read as <c>provenance
/// verify</c> does.</summary>
internal static class ExportedClips
{
    // Nobody whom the shipped weights were trained on.
    private const int FirstPerson = 20_000;
    private const int Shots = 8;

    /// <summary>Exports, attacks and reads one clip after the other.</summary>
    /// <param name="options">How many, of how many frames.</param>
    /// <param name="keys">The keys to look for; the first is the one embedded.</param>
    /// <param name="folder">A folder for the files.</param>
    public static IEnumerable<ClipResult> Run(WatermarkStudyOptions options, IReadOnlyList<WatermarkKey> keys, string folder)
    {
        var weights = GeneratorWeights.Load(ShippedWeights.Resolve(options.Weights));
        var size = weights.Preset.Size;
        var people = new ProceduralOptions
        {
            Identities = options.Clips,
            FirstIdentity = FirstPerson,
            Videos = 1,
            Frames = options.Frames,
            Stride = 1,
            Size = size,
            Seed = options.Seed
        };
        var store = ProceduralStore.Render(people, Path.Combine(folder, "people"), null, CancellationToken.None);
        var embedder = new WatermarkEmbedder(keys[0], 256 / size * size, 256 / size * size);
        foreach (var video in store.Videos)
        {
            var driver = DriverVideo.Of(store, video);
            var shots = driver.Frames.Where((_, i) => i % (driver.Frames.Count / Shots) == 0).Take(Shots).ToArray();
            var path = Path.Combine(folder, "head.safetensors");
            using (var head = (NetworkHead)new FewShotGenerator(weights, new AdaptOptions { Mode = Mode.Ff })
                .Adapt([.. shots.Select(frame => new Shot(store.ReadImage(frame), frame.Landmarks))], null, CancellationToken.None))
            {
                HeadFile.Save(path, head, Info(weights, driver, shots));
            }

            using var file = HeadFile.Load(path);
            var clip = Path.Combine(folder, "clip.mp4");
            var copy = Path.Combine(folder, "copy.mp4");
            ExportOutput
                .WriteVideo(clip, file, driver, Provenance.Of(file, driver, "study"), new ExportOptions { Watermark = keys[0] },
                null, CancellationToken.None);
            Attack.File(clip, copy);
            var plain = VisibleLabel.Apply(ImageResize.Enlarge(file.Head.Render([driver.Frames[0].Landmarks])[0], 256 / size));
            yield return new ClipResult(
                ProvenanceCheck.Of(clip, keys, CancellationToken.None),
                ProvenanceCheck.Of(copy, keys, CancellationToken.None),
                Psnr(plain, embedder.Apply(plain)));
        }
    }

    private static HeadInfo Info(GeneratorWeights weights, DriverVideo driver, FrameRecord[] shots) => new()
    {
        Preset = weights.Preset,
        Adaptation = new AdaptOptions { Mode = Mode.Ff },
        Identity = driver.Identity,
        Consent = ConsentFile.Read(driver.Store).First(record => record.Identity == driver.Identity),
        WeightsSha256 = weights.Sha256,
        StoreSha256 = driver.Store.ContentHash,
        ShotVideo = driver.Video,
        ShotKeys = [.. shots.Select(frame => frame.Key)],
        ShotHashes = [HeadInfo.HashText(0)],
        Licence = "rendered",
        ToolVersion = "study",
    };

    private static double Psnr(RgbImage a, RgbImage b)
    {
        var error = a.Pixels.Zip(b.Pixels, (x, y) => (double)(x - y) * (x - y)).Average();
        return 10 * Math.Log10(255 * 255 / error);
    }
}
