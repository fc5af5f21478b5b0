namespace ForensicHeads.Datasets.Tests;

public class StoreMergeTests
{
    [Fact]
    public void Frames_rejected_inputs_and_sidecars_of_all_stores_come_together()
    {
        using var folder = new TestFolder();
        var merged = Merge(Store(folder, "a", "p"), Store(folder, "b", "q"), folder["m"]);
        Assert.Equal(["p00", "q00"], merged.Identities);
        Assert.Equal(6, merged.Frames.Count);
        Assert.All(merged.Frames, frame => Assert.Equal(TestStores.Picture(frame.Key).Pixels, merged.ReadImage(frame).Pixels));
        Assert.Equal(["p.mp4", "q.mp4"], merged.ReadRejected().Select(line => line.File));
        Assert.Equal(["p00", "q00"], ConsentFile.Read(merged).Select(record => record.Identity));
        Assert.Contains("\"p00\"", merged.ReadSidecar("attributes.json"), StringComparison.Ordinal);
        Assert.Contains("\"q00\"", merged.ReadSidecar("attributes.json"), StringComparison.Ordinal);
        Assert.Equal("m", merged.Info.Name);
    }

    [Fact]
    public void Stores_whose_rows_stay_on_the_disk_are_merged_to_the_same_bytes()
    {
        using var folder = new TestFolder();
        var (a, b) = (Store(folder, "a", "p"), Store(folder, "b", "q"));
        var kept = StoreMerge.Run([a, b], folder["m"], "m", cancellation: TestContext.Current.CancellationToken);
        var (streamedA, streamedB) = (FrameStore.Open(a.Path, mostKept: 0), FrameStore.Open(b.Path, mostKept: 0));
        StoreMerge.Run([streamedA, streamedB], folder["n"], "m", cancellation: TestContext.Current.CancellationToken);
        foreach (var file in (string[])["index.parquet", "shards/000000.tar", "store.json", "rejected.jsonl", "consent.json"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(kept.Path, file)), File.ReadAllBytes(Path.Combine(folder["n"], file)));
        Assert.Contains("both hold the key 'p00_p00-v0_0000'",
            Assert.Throws<UserErrorException>(() => Merge(streamedA, FrameStore.Open(a.Path, mostKept: 0), folder["o"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Stores_that_do_not_fit_are_refused_and_nothing_is_left()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["a"], TestStores.People(1, 1, 2));
        var large = TestStores.Write(folder["b"], TestStores.People(1, 1, 2, "q"), TestStores.Info("b", 40));
        var clash = TestStores.Write(folder["c"], [TestStores.Frame("r", "p00-v0", 7) with { SourceSha256 = "else" }]);
        Refused(store, large, "differ in size ('32' and '40')");
        Refused(store, store, "both hold the key 'p00_p00-v0_0000'");
        Refused(store, clash, "both have a video 'p00-v0', from different sources");
        Assert.Equal(3, Directory.GetFileSystemEntries(folder.Path).Length);

        void Refused(FrameStore a, FrameStore b, string message) =>
            Assert.Contains(message, Assert.Throws<UserErrorException>(() => Merge(a, b, folder["m"])).Message, StringComparison.Ordinal);
    }

    private static FrameStore Merge(FrameStore a, FrameStore b, string path) =>
        StoreMerge.Run([a, b], path, cancellation: TestContext.Current.CancellationToken);

    private static FrameStore Store(TestFolder folder, string name, string person)
    {
        using var writer = StoreWriter.Create(folder[name], TestStores.Info(name));
        foreach (var frame in TestStores.People(1, 1, 3, person)) writer.Add(frame, TestStores.Picture(frame.Key));
        writer.Reject(new RejectedInput(person + ".mp4", null, "no face", "use another video"));
        writer.WriteSidecar("attributes.json", $$$"""{"identities": {"{{{person}}}00": {"glasses": true}}, "version": 1}""");
        writer.WriteSidecar(ConsentFile.Name,
            ConsentFile.ToJson(
                [new ConsentRecord { Identity = person + "00", Basis = ConsentBasis.Synthetic, Scope = ["any"], Contact = "c" }]));
        return writer.Complete();
    }
}
