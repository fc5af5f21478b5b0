namespace ForensicHeads.Datasets.Tests.Ingest;

public sealed class CroppedMediaTests : IDisposable
{
    private const int Side = 160;
    private static readonly FaceCropperOptions Small = new() { Size = 64 };
    private static readonly ConsentRecord Record =
        new() { Identity = "ann", Basis = ConsentBasis.Synthetic, Scope = [ConsentRecord.AnyPurpose], Contact = "nobody" };

    private static readonly ProceduralFrame AnnsHead = ScriptedFaces.Person(0).Render(0, Side);
    private static readonly ProceduralFrame BobsHead = ScriptedFaces.Person(1).Render(0, Side);

    private readonly TestFolder folder = new();
    private readonly ScriptedFaces faces = new();
    private readonly FaceCropper cropper;

    public CroppedMediaTests() => cropper = faces.Cropper();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        cropper.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Photos_are_counted_as_frames_of_one_video_and_leave_with_their_store()
    {
        string[] photos = [Photo("b.png", 3), Photo("a.png", 0)];
        string path;
        using (var media = CroppedMedia.Shots(photos, Record, Small, cropper, cancellation: Cancellation))
        {
            path = media.Store.Path;
            Assert.Equal([("media-000000", 0), ("media-000001", 1)], media.Frames.Select(frame => (frame.Key, frame.FrameNumber)));
            Assert.All(media.Frames, frame => Assert.Equal(
                ("ann", "b.png", "by consent", true, "ok"),
                (frame.Identity, frame.Video, frame.Licence, frame.MayGenerate, frame.Status)));
            Assert.Equal(photos.Select(Hashes.OfFile), media.Frames.Select(frame => frame.SourceSha256));
            Assert.Equal(["b.png", "a.png"], media.Frames.Select(frame => media.SourceNames[frame.SourceSha256]));
            for (var i = 0; i < 2; i++)
            {
                var row = media.Frames[i];
                Assert.Equal(64, media.Store.ReadImage(row).Width);
                Assert.Equal(new CropWindow((int)row.CropX, (int)row.CropY, (int)row.CropW).ToCrop(faces.Script[i][0], 64).Values,
                    row.Landmarks.Values);
            }

            Assert.Equal("ann", Assert.Single(ConsentFile.Read(media.Store)).Identity);
            Assert.Empty(media.WithoutFace);
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void A_video_keeps_its_numbers_and_goes_on_after_an_absence()
    {
        var clip = Clip("clip.mp4", i => i is >= 10 and < 20 ? [] : [Ann(i)]);
        using var media = CroppedMedia.Driver(clip, Record, Small, cropper, cancellation: Cancellation);
        Assert.Equal([.. Enumerable.Range(0, 10), .. Enumerable.Range(20, 10)], media.Frames.Select(frame => frame.FrameNumber));
        Assert.Equal([new FrameRun(10, 19, 10)], media.WithoutFace);
    }

    [Fact]
    public void Two_faces_are_refused_as_shots_and_where_they_drive_at_once()
    {
        var two = folder.Write("two.png", ImageCodec.EncodePng(faces.Draw(400, 240, Ann(0), Bob(0))));
        Assert.StartsWith($"{two} shows 2 faces", Refused(() => CroppedMedia.Shots([two], Record, Small, cropper)),
            StringComparison.Ordinal);
        var clip = Clip("both.mp4", i => i < 15 ? [Ann(i)] : [Ann(i), Bob(i)]);
        Assert.StartsWith($"{clip} shows two faces at once at 0.60 s (frame 15; the other is seen from 0.00 to 1.16 s)",
            Refused(() => CroppedMedia.Driver(clip, Record, Small, cropper)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_shows_nobody_or_shows_too_small_a_face_is_refused()
    {
        var photo = Photo("small.png", 0);
        Assert.Contains("shots are never enlarged", Refused(() => CroppedMedia.Shots([photo], Record, new() { Size = 1024 }, cropper)),
            StringComparison.Ordinal);
        var grey = folder.Write("grey.png", ImageCodec.EncodePng(new RgbImage(200, 200)));
        Assert.Contains("was refused: no face was found", Refused(() => CroppedMedia.Shots([grey], Record, Small, cropper)),
            StringComparison.Ordinal);
        Assert.StartsWith("There is no file", Refused(() => CroppedMedia.Driver(folder["none.mp4"], Record, Small, cropper)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_short_is_used_and_said_to_be()
    {
        Clip("clip.mp4", i => [Ann(i)]);
        // With its index in front.
        var whole = File.ReadAllBytes(folder.Make("whole.mp4", "-i {dir}/clip.mp4 -c copy -movflags +faststart {}"));
        var warnings = new List<string>();
        using var media = CroppedMedia.Driver(folder.Write("cut.mp4", whole[..(whole.Length * 8 / 10)]), Record, Small, cropper,
            warnings.Add, cancellation: Cancellation);
        Assert.Contains("cut.mp4 is damaged or cut short", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.InRange(media.Frames.Count, 5, 29);
        Assert.All(media.Frames, frame => Assert.Equal("partial", frame.Status));
    }

    private static string Refused(Func<CroppedMedia> read) => Assert.Throws<UserErrorException>(read).Message;

    private static (ProceduralFrame Head, int X, int Y) Ann(int frame) => (AnnsHead, 20 + frame, 40);

    private static (ProceduralFrame Head, int X, int Y) Bob(int frame) => (BobsHead, 190 + frame, 40);

    private string Photo(string name, int frame) => folder.Write(name, ImageCodec.EncodePng(faces.Draw(320, 240, Ann(frame))));

    private string Clip(string name, Func<int, (ProceduralFrame Head, int X, int Y)[]> heads) =>
        faces.Film(folder[name], 30, i => faces.Draw(400, 240, heads(i)));
}
