namespace ForensicHeads.Datasets.Tests;

public sealed class StoreSelectTests
{
    [Fact]
    public void Frames_are_chosen_by_class_licence_people_generator_and_leave_to_generate()
    {
        using var folder = new TestFolder();
        FrameRecord[] frames =
        [
            .. TestStores.People(1, 1, 2, "a").Select(frame => frame with { Licence = "open: CC BY 4.0" }),
            .. TestStores.People(1, 1, 2, "b").Select(frame => frame with { Licence = "none-stated: a page", MayGenerate = false }),
            TestStores.Fake("c", "c-v0", 0, "d") with { Licence = "open: CC BY 4.0" },
            TestStores.Fake("c", "c-v1", 0, "d") with { Origin = FrameOrigin.MadeBy("other") with { Mode = Mode.Ft, Shots = 8, Draw = 1 } },
        ];
        var store = TestStores.Write(folder["all"], frames);
        Assert.Equal(4, Count(new StoreSelection { Label = Label.Real }));
        Assert.Equal(3, Count(new StoreSelection { Licences = ["OPEN"] }));
        Assert.Equal(5, Count(new StoreSelection { Licences = ["open", "none-stated"] }));
        Assert.Equal(2, Count(new StoreSelection { People = ["b00"] }));
        Assert.Equal(4, Count(new StoreSelection { Without = ["b00"] }));
        Assert.Equal(5, Count(new StoreSelection { Generators = ["few-shot"] }));
        Assert.Equal(4, Count(new StoreSelection { MayGenerate = true }));
        Assert.Equal(2, Count(new StoreSelection { MayGenerate = true, Label = Label.Real }));
        Assert.Equal(["a00_a00-v0_0000", "b00_b00-v0_0000"],
            new StoreSelection { FramesPerTrack = 1, Label = Label.Real }.Of(store).Select(frame => frame.Key));

        int Count(StoreSelection selection) => selection.Validated(store).Of(store).Count;
    }

    [Fact]
    public void What_is_kept_keeps_its_bytes_and_the_rest_leaves_no_word()
    {
        using var folder = new TestFolder();
        using var writer = StoreWriter.Create(folder["all"], TestStores.Info());
        foreach (var frame in TestStores.People(2, 1, 3)) writer.Add(frame, TestStores.Picture(frame.Key));
        foreach (var person in new[] { "p00", "p01" }) writer.Reject(
            new RejectedInput(person + ".mp4", person, "no face", "use another video"));
        writer.WriteSidecar("attributes.json", """{"p00": {"glasses": true}, "p01": {"glasses": false}}""");
        writer.WriteSidecar(ConsentFile.Name,
            ConsentFile.ToJson(new[] { "p00", "p01" }.Select(person =>
                new ConsentRecord { Identity = person, Basis = ConsentBasis.Synthetic, Scope = ["any"], Contact = "c" })));
        var store = writer.Complete();
        var part = Select(store, new StoreSelection { Without = ["p01"] }, folder["part"]);
        Assert.Equal(["p00"], part.Identities);
        Assert.All(part.Frames, frame =>
            Assert.Equal(store.ReadPng(store.Frames.Single(one => one.Key == frame.Key)).ToArray(), part.ReadPng(frame).ToArray()));
        Assert.Equal(["p00.mp4"], part.ReadRejected().Select(line => line.File));
        Assert.Equal(["p00"], ConsentFile.Read(part).Select(record => record.Identity));
        Assert.DoesNotContain("p01", part.ReadSidecar("attributes.json"), StringComparison.Ordinal);
        Assert.Equal(("part", TestStores.Size), (part.Info.Name, part.Info.Size));
    }

    [Fact]
    public void A_reduced_store_holds_reduced_pictures_and_landmarks()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["all"], TestStores.People(1, 1, 2));
        var part = Select(store, new StoreSelection { Size = 16 }, folder["part"]);
        Assert.Equal((16, "png, reduced from 32 px"), (part.Info.Size, part.Info.EncodePath));
        Assert.Equal("png", Select(store, new StoreSelection { Size = 32 }, folder["same"]).Info.EncodePath);
        Assert.Equal("png, reduced from 32 px, reduced from 16 px",
            Select(part, new StoreSelection { Size = 8 }, folder["twice"]).Info.EncodePath);
        var (before, after) = (store.Frames[1], part.Frames[1]);
        Assert.Equal(ImageResize.Area(store.ReadImage(before), 16, 16).Pixels, part.ReadImage(after).Pixels);
        Assert.Equal(before.Landmarks.Resize(32, 16).Values, after.Landmarks.Values);
    }

    [Fact]
    public void What_cannot_be_selected_is_refused_and_nothing_is_left()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["all"], TestStores.People(1, 1, 2));
        Refused(new StoreSelection { Size = 64 }, "Size 64 px is outside 8 … 32 px");
        Refused(new StoreSelection { Without = ["p0"] }, "holds no person 'p0'. It holds 1: p00.");
        Refused(new StoreSelection { Generators = ["x"] }, "holds no generator 'x'");
        Refused(new StoreSelection { Licences = ["open"] }, "None of the 2 frames");
        Refused(new StoreSelection { FramesPerTrack = -1 }, "-1 frames a track are outside");
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));

        void Refused(StoreSelection selection, string message) =>
            Assert.Contains(message, Assert.Throws<UserErrorException>(() => Select(store, selection, folder["part"])).Message,
                StringComparison.Ordinal);
    }

    private static FrameStore Select(FrameStore store, StoreSelection selection, string path) =>
        StoreSelect.Run(store, selection, path, cancellation: TestContext.Current.CancellationToken);
}
