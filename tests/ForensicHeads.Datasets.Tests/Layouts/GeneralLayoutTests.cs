using System.Formats.Tar;
using System.Text;
using DuckDB.NET.Data;
using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Datasets.Tests.Layouts;

/// <summary>WebDataset and Hugging Face.</summary>
public sealed class GeneralLayoutTests : IDisposable
{
    private readonly LayoutTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_shard_is_read_sample_by_sample_up_to_the_first_dot()
    {
        tree.Bytes("train-000000.tar", Tar(("a.mp4", "xx"), ("a.json", """{"label": "fake", "identity": "ann", "generator": "G"}"""),
            ("d/b.v1.mp4", "yyy"), ("d/b.json", """{"label": "real", "person": {"speaker": "bob"}, "split": "val"}"""), ("c.mp4", "z"),
                ("c.cls", "1"),
            ("e.png", "z"), ("e.txt", "no label"), ("__meta__.json", "{}"), ("f.json", "{}"), ("g.mp4", "1"), ("g.mp4", "2"),
                ("a.txt", "again")));
        var listing = tree.Read("webdataset");
        Assert.Equal("ann G < by  in train of ", LayoutTree.Said(listing, "train-000000.tar/a.mp4"));
        Assert.Equal("bob real < by  in val of ", LayoutTree.Said(listing, "train-000000.tar/d/b.v1.mp4"));
        // The bytes of a member lie where it is said that they do.
        var member = listing.Inputs.Single(input => input.Identity == "bob").Member!;
        Assert.Equal("yyy", Content(member, tree["train-000000.tar"]));
        // Where it lies is part of what an ingest reads.
        Assert.Equal($$"""{"offset":{{((TarMember)member).Offset}},"length":3}""", CanonicalJson.ToLine(member));
        Assert.Equal(
        [
            ("train-000000.tar/a", "its members do not follow each other"),
            ("train-000000.tar/c.mp4", "its label is 1, and nothing says whether that is real or fake"),
            ("train-000000.tar/e.png", "nothing says whether it is real or fake"),
            ("train-000000.tar/g", "two of its members have one ending"),
        ], listing.Rejected.Select(line => (line.File, line.Reason)).OrderBy(line => line.File, StringComparer.Ordinal));
        Assert.Equal(new LeftOutFile("train-000000.tar/f", "a sample without pictures"), Assert.Single(listing.LeftOut));
    }

    [Fact]
    public void A_shard_that_was_cut_gives_what_is_whole()
    {
        var whole = Tar(("a.json", """{"label": "real"}"""), ("a.mp4", "xx"), ("b.json", """{"label": "real"}"""),
            ("b.mp4", new string('x', 4000)));
        tree.Bytes("test-000000.tar", whole[..(512 * 9)]).Put("loose.mp4").Text("old.tar.gz", "x");
        var listing = tree.Read("webdataset");
        Assert.Equal("test-000000.tar/a.mp4", Assert.Single(listing.Inputs).File);
        Assert.Equal("test", listing.Inputs[0].OfficialSplit);
        Assert.Equal("the archive ends in the middle of b.mp4", Assert.Single(listing.Rejected).Reason);
        Assert.Contains(new LeftOutFile("loose.mp4", "not understood by the layout webdataset"), listing.LeftOut);
    }

    [Fact]
    public void A_card_gives_the_words_of_numbered_labels_the_parts_and_the_licence()
    {
        tree.Put("data/tr/a.mp4", "data/te/b.mp4", "data/te/c.mp4").Text("data/metadata.csv",
            "file_name,label,identity,generator\ntr/a.mp4,1,ann,G\nte/b.mp4,0,bob,\nte/gone.mp4,0,bob,\n").Text("README.md", """
            ---
            license: cc-by-4.0
            configs:
            - config_name: default
              data_files:
              - split: train
                path: data/tr/*
              - split: test
                path: "data/te/**"
            dataset_info:
              features:
              - name: label
                dtype:
                  class_label:
                    names:
                      '0': real
                      '1': fake
            ---
            # About
            """);
        var listing = tree.Read("huggingface");
        Assert.Equal("ann G < by  in train of ", LayoutTree.Said(listing, "data/tr/a.mp4"));
        Assert.Equal("bob real < by  in test of ", LayoutTree.Said(listing, "data/te/b.mp4"));
        Assert.All(listing.Inputs, input => Assert.Equal("cc-by-4.0", input.Licence));
        Assert.Equal("data/te/gone.mp4", Assert.Single(listing.Rejected).File);
        Assert.Equal(new LeftOutFile("data/te/c.mp4", "not understood: in no row of the metadata"), Assert.Single(listing.LeftOut));
    }

    [Fact]
    public async Task Metadata_may_be_lines_of_JSON_or_Parquet_and_a_bare_digit_is_no_label()
    {
        tree.Put("train/a.png", "train/b.png", "eval/c.png").Text("train/metadata.jsonl",
            """{"file_name": "a.png", "label": "real", "person": "x"}""" + "\n" + """{"file_name": "b.png", "label": 1}"""
                + "\nnonsense\n");
        var (file, label, who) = (new DataField<string>("file_name"), new DataField<string>("label"), new DataField<int>("person_id"));
        await using (var stream = File.Create(tree["eval/metadata.parquet"]))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(file, label, who), stream,
            cancellationToken: TestContext.Current.CancellationToken))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(file, new[] { "c.png" }.ToArray()!);
            await group.WriteAsync(label, new[] { "fake" }.ToArray()!);
            await group.WriteAsync<int>(who, new[] { 7 }.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        }

        var listing = tree.Read("huggingface");
        Assert.Equal("x real < by  in train of ", LayoutTree.Said(listing, "train/a.png"));
        Assert.Equal("7 ? < by  in eval of ", LayoutTree.Said(listing, "eval/c.png"));
        Assert.Equal(["its label is 1, and nothing says whether that is real or fake", "the line 'nonsense' is no JSON object"],
            listing.Rejected.Select(line => line.Reason).Order(StringComparer.Ordinal));
        Assert.Equal(SplitRole.Test, listing.Split!.RoleOf("7"));
        Assert.Contains(listing.Notes, note => note.StartsWith("Metadata files have several formats", StringComparison.Ordinal));
    }

    [Fact]
    public void Folders_are_labels_where_there_is_no_metadata()
    {
        tree.Put("train/real/a.mp4", "train/fake/b.mp4", "test/real/c.mp4");
        var listing = tree.Read("huggingface");
        Assert.Equal("train-fake-b ? < by  in train of ", LayoutTree.Said(listing, "train/fake/b.mp4"));
        Assert.Equal("test-real-c real < by  in test of ", LayoutTree.Said(listing, "test/real/c.mp4"));
    }

    [Fact]
    public void Pictures_inside_of_Parquet_are_read_row_by_row()
    {
        // Three row groups; the label in numbers, whose words the file itself tells, as Hugging Face writes it.
        const string Said = """{"info": {"features": {"label": {"names": ["fake", "real"], "_type": "ClassLabel"}}}}""";
        tree.Text("README.md", "---\nlicense: mit\nconfigs:\n- config_name: default\n---\n");
        Write("data/validation-00000-of-00001.parquet", $"(FORMAT parquet, ROW_GROUP_SIZE 2048, KV_METADATA {{huggingface: '{Said}'}})", """
            SELECT {'bytes': CASE WHEN i = 1 THEN NULL ELSE encode('picture ' || i) END,
                    'path': CASE WHEN i = 2 THEN NULL ELSE 'a/p' || i || '.png' END} AS image,
                CASE WHEN i = 3 THEN 7 ELSE i % 2 END AS label, CASE WHEN i % 2 = 0 THEN 'G' END AS model
            FROM range(5000) t(i)
            """);
        Write("notes.parquet", "(FORMAT parquet)", "SELECT 1 AS one");
        var listing = tree.Read("huggingface");
        const string Table = "data/validation-00000-of-00001.parquet";
        var person = Table.Replace('/', '-');
        Assert.Equal($"{person}-000004-a-p4 G < by  in validation of ", LayoutTree.Said(listing, $"{Table}/000004/a/p4.png"));
        Assert.Equal($"{person}-000002 G < by  in validation of ", LayoutTree.Said(listing, $"{Table}/000002"));
        Assert.Equal((4999, "mit"), (listing.Inputs.Count, listing.Inputs[0].Licence));
        Assert.Equal("its label is 7, and nothing says whether that is real or fake", Assert.Single(listing.Rejected).Reason);
        Assert.Contains(new LeftOutFile("notes.parquet", "a table without pictures"), listing.LeftOut);
        Assert.Equal("""{"group":2,"row":903}""", CanonicalJson.ToLine(Of(4999).Member!));
        foreach (var i in new[] { 4999, 0, 2, 2047, 2048 })
            Assert.Equal($"picture {i}", Content(Of(i).Member!, Of(i).FullPath));
        Assert.Equal("the row has no bytes in its column image",
            Assert.Throws<InvalidDataException>(() => Content(Of(1).Member!, Of(1).FullPath)).Message);
        File.WriteAllText(tree[Table], "cut");
        Assert.Contains("cannot be read as Parquet",
            Assert.Throws<InvalidDataException>(() => Content(Of(3000).Member!, Of(3000).FullPath)).Message, StringComparison.Ordinal);
        tree.Put("more/real/a.mp4", "more/fake/b.mp4");
        Assert.Contains(DatasetLayouts.Read(tree.Root, "huggingface").Rejected, line => line.File == Table);

        IngestInput Of(int i) => listing.Inputs.Single(input => input.File.StartsWith($"{Table}/{i:D6}", StringComparison.Ordinal));
    }

    private void Write(string file, string options, string query)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(tree[file])!);
        using var database = new DuckDBConnection("DataSource=:memory:");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = $"COPY ({query}) TO '{tree[file]}' {options}";
        command.ExecuteNonQuery();
    }

    private static string Content(ArchiveMember member, string archive)
    {
        using var bytes = new MemoryStream();
        member.CopyTo(archive, bytes);
        return Encoding.ASCII.GetString(bytes.ToArray());
    }

    private static byte[] Tar(params (string Name, string Text)[] members)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (name, text) in members)
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile,
                    name)
                { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return bytes.ToArray();
    }
}
