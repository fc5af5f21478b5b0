using System.Buffers.Binary;

namespace ForensicHeads.Media.Tests;

public sealed class MediaFolderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The first bytes of each kind, under a name that says nothing.</summary>
    [Fact]
    public void Pictures_and_videos_are_known_by_their_first_bytes()
    {
        foreach (var (name, head) in new (string, byte[])[]
        {
            ("3gp", Brand("3gp5")), ("mp4", Brand("isom")), ("mov", Brand("qt  ")), ("avif", Brand("avif", "mif1")),
            ("heic", Brand("heic", "mif1")), ("vob", [0, 0, 1, 0xBA]), ("mkv", [0x1A, 0x45, 0xDF, 0xA3]),
            ("jfif", [0xFF, 0xD8, 0xFF, 0xE0]),
            ("gif", "GIF89a"u8.ToArray()), ("tiff", "II*\0"u8.ToArray()), ("avi", "RIFF\0\0\0\0AVI "u8.ToArray()),
            ("ts", Packets(0, 188)), ("m2ts", Packets(4, 192)), ("webp", "RIFF\0\0\0\0WEBPVP8 "u8.ToArray()), ("pgm", "P5 1 1"u8.ToArray()),
        }) File.WriteAllBytes(folder["is-" + name], head);
        var found = MediaFolder.Of(folder.Path);
        Assert.Equal(15, found.Files.Count);
        Assert.Empty(found.LeftOut);
    }

    [Fact]
    public void What_is_left_out_is_named_with_its_reason()
    {
        Directory.CreateDirectory(folder["deep/er"]);
        Directory.CreateDirectory(folder[".git/objects"]);
        File.WriteAllBytes(folder["deep/er/photo"], [0xFF, 0xD8, 0xFF, 0xE0]);
        File.WriteAllText(folder["damaged.mp4"], "no video");
        File.WriteAllText(folder[".git/objects/a"], "");
        File.WriteAllText(folder[".git/objects/b"], "");
        File.WriteAllBytes(folder["._photo.jpg"], [0, 5, 16, 7]);
        File.WriteAllText(folder["notes.txt"], "words");
        File.WriteAllText(folder["empty"], "");
        File.CreateSymbolicLink(folder["linked"], folder["deep/er/photo"]);
        File.CreateSymbolicLink(folder["lost.mp4"], folder["nowhere"]);
        Directory.CreateSymbolicLink(folder["loop"], folder.Path);
        var found = MediaFolder.Of(folder.Path);
        Assert.Equal(["damaged.mp4", "deep/er/photo", "linked"], found.Files.Select(file => Path.GetRelativePath(folder.Path, file)));
        Assert.Equal(
        [
            new("._photo.jpg", "hidden"),
            new(".git/", "hidden"),
            new("empty", "no picture or video by its first bytes"),
            new("loop", "a link to a folder, which is not followed"),
            new("lost.mp4", "a link that leads to nothing"),
            new LeftOutFile("notes.txt", "no picture or video by its first bytes"),
        ], found.LeftOut.OrderBy(file => file.File, StringComparer.Ordinal));
    }

    [Fact]
    public void A_line_names_three_files_and_counts_the_rest()
    {
        Assert.Equal(
            ["1 file of in left out, hidden: x", "5 files of in left out, a link: a, b, c and 2 more"],
            LeftOutFile.Lines("in", [new("x", "hidden"), .. "abcde".Select(name => new LeftOutFile($"{name}", "a link"))]));
    }

    private static byte[] Brand(params string[] brands)
    {
        var head = new byte[12 + (4 * brands.Length)];
        BinaryPrimitives.WriteInt32BigEndian(head, head.Length);
        "ftyp"u8.CopyTo(head.AsSpan(4));
        System.Text.Encoding.ASCII.GetBytes(brands[0]).CopyTo(head, 8);
        for (var i = 1; i < brands.Length; i++) System.Text.Encoding.ASCII.GetBytes(brands[i]).CopyTo(head, 12 + (4 * i));
        return head;
    }

    private static byte[] Packets(int first, int step)
    {
        var bytes = new byte[1000];
        for (var at = first; at < bytes.Length; at += step) bytes[at] = 0x47;
        return bytes;
    }
}
