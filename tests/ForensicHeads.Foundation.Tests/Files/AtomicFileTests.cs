namespace ForensicHeads.Foundation.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string Target => folder["file.txt"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_finished_write_leaves_the_file_alone_in_a_folder_made_for_it()
    {
        var deep = Path.Combine(folder.Path, "new", "file.txt");
        AtomicFile.WriteText(deep, "zoë");
        Assert.Equal("zoë"u8.ToArray(), File.ReadAllBytes(deep));
        Assert.Equal([deep], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(deep)!));
    }

    [Fact]
    public void A_failure_while_filling_leaves_nothing_behind_and_passes_the_error_on()
    {
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_failed_write_keeps_the_old_content()
    {
        AtomicFile.WriteText(Target, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_full_disk_is_an_error_the_user_can_mend_and_leaves_nothing()
    {
        var error =
            Assert.Throws<UserErrorException>(() => AtomicFile.Write(Target, _ => throw new IOException("No space left on device.", 28)));
        Assert.Contains("No space left on device. Free some space", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_that_is_a_file_is_an_error_the_user_can_mend()
    {
        AtomicFile.WriteText(Target, "x");
        Assert.Contains("Mend that, or choose another --out", Assert.Throws<UserErrorException>(
            () => AtomicFile.WriteText(Path.Combine(Target, "inside"), "y")).Message, StringComparison.Ordinal);
        Assert.Equal("x", File.ReadAllText(Target));
    }

    [Fact]
    public void Nothing_lies_under_the_final_name_while_the_file_is_being_written()
    {
        AtomicFile.Write(Target, _ => Assert.False(File.Exists(Target)));
        Assert.True(File.Exists(Target));
    }

    [Fact]
    public void Temporary_names_lie_in_the_same_folder_and_never_repeat()
    {
        var names = Enumerable.Range(0, 100).Select(_ => AtomicFile.TemporaryName(Target)).ToArray();
        Assert.Equal(100, names.Distinct().Count());
        Assert.All(names, name => Assert.Equal(folder.Path, Path.GetDirectoryName(name)));
        Assert.All(names, name => Assert.EndsWith(".txt", name, StringComparison.Ordinal));
    }
}
