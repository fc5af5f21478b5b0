namespace ForensicHeads.Foundation.Tests.Files;

public sealed class GuardedFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_name_out_of_data_becomes_one_plain_part_and_never_that_of_another_name()
    {
        string[] names =
            ["anna", "..", ".", "../x", "/etc", "a/b", "a\\b", "Zoë", ".hidden", "", new string('x', 181), "a\0b", "a\nb",
            "@" + Hashes.OfText("..")[..32]];
        var parts = names.Select(PathPart.Of).ToArray();
        Assert.Equal("anna", parts[0]);
        Assert.Equal(names.Length, parts.Distinct().Count());
        Assert.All(parts, part => Assert.Matches(@"\A(@[0-9a-f]{32}|[A-Za-z0-9_-][A-Za-z0-9._-]*)\z", part));
        Assert.Equal("roc.h264-crf40", PathPart.Checked("roc.h264-crf40", "x names"));
        Assert.Contains("x names '../x', which is no plain name",
            Assert.Throws<UserErrorException>(() => PathPart.Checked("../x", "x names")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../out.txt")]
    [InlineData("a/../../out.txt")]
    [InlineData("/out.txt")]
    [InlineData("a//b")]
    [InlineData("")]
    public void No_name_leads_out_of_the_folder(string name)
    {
        Assert.Throws<UserErrorException>(() => AtomicFile.WriteText(folder.Path, name, "x"));
        Assert.Throws<UserErrorException>(() => OwnFiles.Delete(folder.Path, name));
        Assert.Throws<UserErrorException>(() => PlainFile.ReadText(folder.Path, name));
    }

    [Fact]
    public void Nothing_is_written_deleted_or_read_through_a_link()
    {
        using var elsewhere = new TemporaryFolder();
        File.WriteAllText(elsewhere["mine.txt"], "mine");
        Directory.CreateSymbolicLink(folder["linked"], elsewhere.Path);
        File.CreateSymbolicLink(folder["file"], elsewhere["mine.txt"]);
        Assert.Throws<UserErrorException>(() => AtomicFile.WriteText(folder.Path, "linked/mine.txt", "x"));
        Assert.Throws<UserErrorException>(() => OwnFiles.Delete(folder.Path, "linked/mine.txt"));
        Assert.Throws<UserErrorException>(() => OwnFiles.Open(folder.Path, "file", FileMode.Append, FileAccess.Write));
        Assert.Throws<UserErrorException>(() => PlainFile.ReadText(folder.Path, "file"));
        // A link goes as what it is; a written file takes its place.
        OwnFiles.Delete(folder.Path, "linked");
        AtomicFile.WriteText(folder.Path, "file", "new");
        Assert.Equal("mine", File.ReadAllText(elsewhere["mine.txt"]));
        Assert.Null(new FileInfo(folder["file"]).LinkTarget);
    }

    [Fact]
    public void A_file_is_read_up_to_its_limit_whatever_its_length_is_said_to_be()
    {
        File.WriteAllBytes(folder["long"], new byte[11]);
        Assert.Equal(11, PlainFile.ReadBytes(folder.Path, "long", most: 11).Length);
        Assert.Contains("more than 10 bytes",
            Assert.Throws<UserErrorException>(() => PlainFile.ReadBytes(folder.Path, "long", most: 10)).Message, StringComparison.Ordinal);
        Assert.Contains("pipe, socket or device",
            Assert.Throws<UserErrorException>(() => PlainFile.Open("/proc/self/fd/../../../dev/zero")).Message, StringComparison.Ordinal);
        Assert.Equal(FileKind.Missing, FileKinds.Of(folder["nothing"]));
        Assert.Equal(FileKind.Special, FileKinds.Of("/dev/null"));
    }

    [Fact]
    public void A_folder_takes_the_place_of_another_with_all_that_is_in_it()
    {
        foreach (var (name, text) in new[] { ("old", "1"), ("staged", "2") }) AtomicFile.WriteText(folder.Path, name + "/a.txt", text);
        OwnFiles.Replace(folder.Path, "staged", "old");
        Assert.Equal("2", File.ReadAllText(folder["old"] + "/a.txt"));
        Assert.Equal(["old"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
        AtomicFile.WriteText(folder.Path, "staged/a.txt", "3");
        OwnFiles.Replace(folder.Path, "staged", "new");
        Assert.Equal("3", File.ReadAllText(folder["new"] + "/a.txt"));
    }

    [Fact]
    public void A_kept_value_counts_with_its_key_its_bytes_and_the_log_s_note()
    {
        using var log = EvidenceLog.Open(folder.Path, TimeProvider.System, "mark", "work");
        var cache = new ContentCache(folder["work"], log);
        cache.Keep("a", "key", "value"u8);
        Assert.Equal("value"u8.ToArray(), cache.Find("a", "key")!.Value.ToArray());
        Assert.Null(cache.Find("a", "other key"));
        Assert.Null(cache.Find("b", "key"));
        // Whole and of the right key, but not what the log noted.
        new ContentCache(folder["work"], log: null).Keep("a", "key", "other"u8);
        Assert.Null(cache.Find("a", "key"));
        Assert.Equal("other"u8.ToArray(), new ContentCache(folder["work"], log: null).Find("a", "key")!.Value.ToArray());
        File.AppendAllText(folder["work"] + "/a", "x");
        Assert.Null(new ContentCache(folder["work"], log: null).Find("a", "key"));
    }

    [Fact]
    public void Shown_text_forges_no_line_and_moves_no_cursor()
    {
        Assert.Equal("aU+001B[2JbU+000AcU+202Ed", PrintedText.Line("a\u001b[2Jb\nc\u202Ed"));
        Assert.Equal("a\nbU+009Bc", PrintedText.Visible("a\nb\u009Bc"));
        Assert.Equal("Zoë 😀 ไทย", PrintedText.Line("Zoë 😀 ไทย"));
        Assert.Equal("U+D83D", PrintedText.Line("\uD83D"));
        Assert.Equal("{\"a\": \"\\u202E😀\"}", PrintedText.Json("{\"a\": \"\u202E😀\"}"));
    }
}
