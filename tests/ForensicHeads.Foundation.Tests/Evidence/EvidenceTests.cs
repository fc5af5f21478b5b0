using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ForensicHeads.Foundation.Tests.Evidence;

public sealed class EvidenceTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string Log => folder[EvidenceLog.Name];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_line_carries_the_hash_of_its_own_bytes_and_that_of_the_line_before()
    {
        var head = Finish();
        var previous = new string('0', 64);
        var lines = File.ReadAllText(Log).Split('\n')[..^1];
        Assert.Equal(["start", "done", "files"],
            lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("what").GetString()));
        foreach (var (line, index) in lines.Select((line, index) => (line, index)))
        {
            var root = JsonDocument.Parse(line).RootElement;
            // As anybody may do it, with a text editor and sha256sum.
            var bare = line.Replace($",\"hash\":\"{root.GetProperty("hash").GetString()}\"", "", StringComparison.Ordinal);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bare))), root.GetProperty("hash").GetString());
            Assert.Equal(previous, root.GetProperty("prev").GetString());
            Assert.Equal(index + 1, root.GetProperty("line").GetInt32());
            previous = root.GetProperty("hash").GetString();
        }

        Assert.Equal(previous, head);
        var listed = JsonDocument.Parse(lines[^1]).RootElement.GetProperty("facts").GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(["a.txt", "deep/b.bin", "work/c.bin"], listed.Select(file => file.GetProperty("path").GetString()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("alpha"u8)), listed[0].GetProperty("sha256").GetString());
        var finding = Check(folder.Path, head);
        Assert.Equal((true, 3, 3, head), (finding.Holds, finding.Lines, finding.Files, finding.Head));
    }

    [Fact]
    public void Any_changed_byte_is_found_and_its_file_is_named()
    {
        Finish();
        foreach (var file in new[] { EvidenceLog.Name, "a.txt", "deep/b.bin", "work/c.bin" })
        {
            var bytes = File.ReadAllBytes(folder[file]);
            for (var at = 0; at < bytes.Length; at++)
            {
                byte[] changed = [.. bytes];
                changed[at] ^= (byte)(1 << (at % 8));
                File.WriteAllBytes(folder[file], changed);
                var fault = Check(folder.Path).Faults[0];
                Assert.True(fault.Where.StartsWith(file, StringComparison.Ordinal) && fault.Kind != EvidenceFaultKind.Added,
                    $"byte {at} of {file}: {fault.Sentence}");
            }

            File.WriteAllBytes(folder[file], bytes);
        }

        Assert.True(Check(folder.Path).Holds);
    }

    [Fact]
    public void Lines_that_were_removed_moved_exchanged_or_cut_are_named()
    {
        var head = Finish();
        var lines = File.ReadAllLines(Log);
        Is(EvidenceFaultKind.Removed, "log.jsonl line 1 was removed: line 2 stands in its place", lines[1], lines[2]);
        Is(EvidenceFaultKind.Removed, "log.jsonl line 2 was removed: line 3 stands in its place", lines[0], lines[2]);
        Is(EvidenceFaultKind.Removed, "log.jsonl line 1 was removed: line 2 stands in its place", lines[1], lines[0], lines[2]);
        Is(EvidenceFaultKind.Moved, "log.jsonl line 3 is out of place: it was written as line 2", lines[0], lines[1], lines[1], lines[2]);
        Is(EvidenceFaultKind.Unfinished,
            "log.jsonl ends with the event 'done', not with the list of files: the run did not come to its end, or lines were removed",
            lines[0], lines[1]);
        using (var other = EvidenceLog.Open(folder["other"], TimeProvider.System, "results.json"))
            other.Append("start", new { of = "another run" });
        Is(EvidenceFaultKind.Changed, "log.jsonl line 2 does not follow the line before it: one of the two was exchanged",
            File.ReadAllLines(Path.Combine(folder.Path, "other", EvidenceLog.Name))[0], lines[1], lines[2]);
        Directory.Delete(folder["other"], recursive: true);

        // A log that goes on, and one that was written anew: only the head noted elsewhere tells.
        Write(lines);
        using (var log = EvidenceLog.Open(folder.Path, TimeProvider.System, "results.json"))
            log.Close(TestContext.Current.CancellationToken);
        Assert.True(Check(folder.Path).Holds);
        Assert.Equal("log.jsonl went on after the head hash that was noted, which is that of line 3",
            Assert.Single(Check(folder.Path, head).Faults).Sentence);
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)) File.Delete(file);
        foreach (var inside in Directory.EnumerateDirectories(folder.Path)) Directory.Delete(inside);
        Finish();
        Assert.True(Check(folder.Path).Holds);
        Assert.Equal(EvidenceFaultKind.OtherHead, Assert.Single(Check(folder.Path, head).Faults).Kind);

        void Is(EvidenceFaultKind kind, string sentence, params string[] left)
        {
            Write(left);
            var fault = Check(folder.Path).Faults[0];
            Assert.Equal((kind, sentence), (fault.Kind, fault.Sentence));
        }
    }

    [Fact]
    public void Files_that_were_removed_added_or_moved_are_named_and_a_cache_may_go_as_a_whole()
    {
        Finish();
        File.Move(folder["deep/b.bin"], folder["elsewhere.bin"]);
        File.Delete(folder["a.txt"]);
        File.WriteAllText(folder["new.txt"], "new");
        Assert.Equal(["a.txt is gone", "deep/b.bin is gone, but its content lies in elsewhere.bin", "new.txt was added"],
            Check(folder.Path).Faults.Select(fault => fault.Sentence));
        Assert.Equal([EvidenceFaultKind.Removed, EvidenceFaultKind.Moved, EvidenceFaultKind.Added],
            Check(folder.Path).Faults.Select(fault => fault.Kind));

        File.Delete(folder["new.txt"]);
        File.Move(folder["elsewhere.bin"], folder["deep/b.bin"]);
        File.WriteAllText(folder["a.txt"], "alpha");
        Assert.True(Check(folder.Path).Holds);
        File.Delete(folder["work/c.bin"]);
        Assert.Equal("work/c.bin", Assert.Single(Check(folder.Path).Faults).Where);
        Directory.Delete(folder["work"]);
        Assert.True(Check(folder.Path).Holds);
        Assert.Equal(["work"], Check(folder.Path).RemovedCaches);
    }

    [Fact]
    public void A_line_torn_by_a_power_cut_is_dropped_and_the_chain_goes_on()
    {
        Finish();
        var whole = File.ReadAllBytes(Log);
        foreach (var torn in new[] { whole[..^1], whole[..^200], [.. whole, 0, 0, 0, 0] })
        {
            File.WriteAllBytes(Log, torn);
            Finish("second");
            var finding = Check(folder.Path);
            Assert.True(finding.Holds, string.Join("; ", finding.Faults.Select(fault => fault.Sentence)));
            Assert.Contains("\"what\":\"torn\"", File.ReadAllText(Log), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_log_that_was_changed_is_put_aside_and_named_by_the_new_one()
    {
        Finish();
        var bytes = File.ReadAllBytes(Log);
        bytes[40] ^= 1;
        File.WriteAllBytes(Log, bytes);
        Finish();
        var aside = Assert.Single(Directory.EnumerateFiles(folder.Path, "log-broken-*.jsonl"));
        Assert.Equal(bytes, File.ReadAllBytes(aside));
        var first = JsonDocument.Parse(File.ReadLines(Log).First()).RootElement;
        Assert.Equal("broken log", first.GetProperty("what").GetString());
        Assert.Equal(Path.GetFileName(aside), first.GetProperty("facts").GetProperty("put_aside_as").GetString());
        Assert.True(Check(folder.Path).Holds);
    }

    [Fact]
    public void What_was_changed_in_a_finished_folder_is_noted_before_a_later_run_lists_it_anew()
    {
        Finish();
        File.WriteAllText(folder["a.txt"], "omega");
        Finish("second");
        Assert.True(Check(folder.Path).Holds);
        var note = File.ReadLines(Log).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.GetProperty("what").GetString() == "again").GetProperty("facts");
        Assert.Equal(1, note.GetProperty("changes").GetInt32());
        Assert.StartsWith("a.txt was changed", note.GetProperty("first_changes")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_run_at_a_time_holds_a_folder_and_foreign_folders_are_refused()
    {
        using (EvidenceLog.Open(folder.Path, TimeProvider.System, "results.json"))
        {
            Assert.Contains("If another run uses the folder", Assert.Throws<UserErrorException>(
                () => EvidenceLog.Open(folder.Path, TimeProvider.System, "results.json")).Message, StringComparison.Ordinal);
        }

        var foreign = Directory.CreateDirectory(folder["foreign"]).FullName;
        File.WriteAllText(Path.Combine(foreign, "letter.txt"), "private");
        var error = Assert.Throws<UserErrorException>(() => EvidenceLog.Open(foreign, TimeProvider.System, "results.json"));
        Assert.Equal((2, true),
            (error.ExitCode, error.Message.Contains("is not empty and holds no log.jsonl or results.json", StringComparison.Ordinal)));
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(foreign).Select(file => Path.GetFileName(file)));
        Assert.Throws<UserErrorException>(() => Check(foreign));
    }

    [Fact]
    public void What_a_killed_run_left_behind_goes_and_what_a_running_process_writes_stays()
    {
        Finish();
        // Process 4194304 cannot be: the kernel's numbers end below it.
        var dead = folder[$"work/store.tmp-4194304-{new string('a', 32)}"];
        Directory.CreateDirectory(Path.Combine(dead, "shards"));
        var older = AtomicFile.TemporaryName(folder["old.json"]);
        File.WriteAllText(older, "of a process with our number, before us");
        File.SetLastWriteTimeUtc(older, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var ours = AtomicFile.TemporaryName(folder["results.json"]);
        File.WriteAllText(ours, "half");
        File.WriteAllText(folder["notes.tmp-me"], "the user's own");
        using (EvidenceLog.Open(folder.Path, TimeProvider.System, "results.json"))
        {
        }

        Assert.False(Directory.Exists(dead) || File.Exists(older));
        Assert.True(File.Exists(ours) && File.Exists(folder["notes.tmp-me"]));
        File.SetLastWriteTimeUtc(ours, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Leftovers.RemoveBeside(folder["other.json"]);
        Assert.True(File.Exists(ours));
        Leftovers.RemoveBeside(folder["results.json"]);
        Assert.False(File.Exists(ours));
    }

    private static EvidenceFinding Check(string folder, string? head = null) =>
        EvidenceCheck.Of(folder, head, TestContext.Current.CancellationToken);

    private string Finish(string first = "start")
    {
        using var log = EvidenceLog.Open(folder.Path, TimeProvider.System, "results.json", "work");
        log.Append(first, new { command = "zoë", undefined = (string?)null });
        AtomicFile.WriteText(folder["a.txt"], "alpha");
        AtomicFile.WriteBytes(folder["deep/b.bin"], new byte[] { 0, 1, 2, 255 });
        AtomicFile.WriteBytes(folder["work/c.bin"], new byte[] { 7 });
        log.Append("done", new { });
        log.Close(TestContext.Current.CancellationToken);
        return log.Head;
    }

    private void Write(string[] lines) => File.WriteAllText(Log, string.Concat(lines.Select(line => line + "\n")));
}
