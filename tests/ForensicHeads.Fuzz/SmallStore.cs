namespace ForensicHeads.Fuzz;

/// <summary>A store of three noisy pictures of two people, always the same bytes.</summary>
internal static class SmallStore
{
    /// <summary>Writes it and gives the bytes of one of its files.</summary>
    /// <param name="folder">Where it is made.</param>
    /// <param name="side">Width = height of the pictures in pixels.</param>
    /// <param name="file">A file below the folder.</param>
    public static byte[] Write(string folder, int side, string file)
    {
        var random = new SeededRandom(1, "small-store");
        var info = new StoreInfo
        {
            Name = "small",
            Size = side,
            CropSpecification = "none",
            EncodePath = "png",
            LicenceSummary = "none",
            Arguments = ["fuzz"]
        };
        using (var writer = StoreWriter.Create(folder, info))
        {
            for (var i = 0; i < 3; i++)
            {
                var picture = new RgbImage(side, side);
                for (var k = 0; k < picture.Pixels.Length; k++) picture.Pixels[k] = (byte)random.NextInt(256);
                writer.Add(new FrameRecord
                {
                    Key = FormattableString.Invariant($"k{i}"),
                    Identity = i < 2 ? "ann" : "bob",
                    Video = i < 2 ? "v0" : "v1",
                    FrameNumber = i,
                    TimeS = i / 25.0,
                    Landmarks = new Landmarks68([.. Enumerable.Range(0, 2 * Landmarks68.Count).Select(k => (float)(k % side))]),
                    SourceWidth = side,
                    SourceHeight = side,
                    SourceCodec = "h264",
                    SourceSha256 = new string('a', 64),
                }, picture);
            }

            writer.Complete();
        }

        return File.ReadAllBytes(Path.Combine(folder, file));
    }
}
