using System.Globalization;

namespace ForensicHeads.Datasets.Tests.Layouts;

/// <summary>The tree of a data set, by real names; every video is one tiny clip that is made once.</summary>
internal sealed class LayoutTree : IDisposable
{
    private static readonly Lazy<byte[]> Clip = new(() =>
    {
        using var made = new TestFolder();
        return File.ReadAllBytes(made.Make("clip.mp4", "-f lavfi -i testsrc2=size=32x32:rate=5:duration=0.4 -pix_fmt yuv420p {}"));
    });

    private readonly TestFolder folder = new();

    public string Root => folder.Path;

    public string this[string file] => folder[file];

    public void Dispose() => folder.Dispose();

    /// <summary>Puts a clip under each name.</summary>
    public LayoutTree Put(params string[] files)
    {
        foreach (var file in files) Bytes(file, Clip.Value);
        return this;
    }

    public LayoutTree Text(string file, string text) => Bytes(file, System.Text.Encoding.UTF8.GetBytes(text));

    public LayoutTree Bytes(string file, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        folder.Write(file, bytes);
        return this;
    }

    /// <summary>Reads it as what it is recognised for, which must be the layout of that name.</summary>
    public DatasetListing Read(string layout, string below = "")
    {
        var listing = DatasetLayouts.Read(folder[below], DatasetLayouts.Auto);
        Assert.Equal(layout, listing.Layout);
        Assert.NotNull(listing.RecognisedBy);
        // Nobody of a published set may be generated from, and each says its licence and collection.
        Assert.All(listing.Inputs, input => Assert.False(input.MayGenerate || input.Licence.Length == 0 || input.Collection is null,
            input.File));
        Assert.All(listing.Inputs, input => Assert.True(File.Exists(input.FullPath), input.FullPath));
        return listing;
    }

    /// <summary>What is said of a file, in one line: person, label or generator, target and source, driver, part, group.</summary>
    public static string Said(DatasetListing listing, string file)
    {
        var input = Assert.Single(listing.Inputs, input => input.File == file);
        return string.Create(CultureInfo.InvariantCulture,
            $"{input.Identity} {(input.Origin.IsReal ? "real" : input.Origin.Generator ?? "?")} "
            + $"{input.Target}<{input.Source} by {input.Driver} in {input.OfficialSplit ?? "none"} of {input.Group}");
    }
}
