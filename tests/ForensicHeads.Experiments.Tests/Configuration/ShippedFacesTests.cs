namespace ForensicHeads.Experiments.Tests.Configuration;

/// <summary>The shipped face networks on people that nobody trained on.</summary>
public sealed class ShippedFacesTests
{
    private const long Seed = 4;
    private const int People = 8;
    private static readonly Lazy<(Shot[] Gallery, Shot[] Queries)[]> Rendered =
        new(() => [.. Enumerable.Range(0, People).Select(person => (Render(person, 0, 6), Render(person, 1, 6)))]);

    [Fact]
    public void The_judge_finds_people_by_another_video()
    {
        using var judge = ShippedFaces.Identity(IdentityDesign.Judge);
        var gallery = Array.ConvertAll(Rendered.Value, person => FaceRetrieval.Mean(judge.Embed(person.Gallery)));
        var hits = Rendered.Value.SelectMany(
            (person, i) => judge.Embed(person.Queries).Select(vector => FaceRetrieval.Nearest(gallery, vector) == i)).ToArray();
        Assert.InRange(hits.Average(hit => hit ? 1.0 : 0), 0.9, 1);
    }

    [Fact]
    public void The_landmarks_of_unseen_people_are_found_to_a_few_hundredths_of_the_eyes_distance()
    {
        using var finder = ShippedFaces.Landmarks();
        var shots = Rendered.Value.SelectMany(person => person.Queries).ToArray();
        var found = finder.Find(Array.ConvertAll(shots, shot => shot.Image));
        Assert.DoesNotContain(null, found);
        var errors = shots.Select((shot, i) =>
            Enumerable.Range(0, Landmarks68.Count)
            .Average(p => Landmarks68.Distance(found[i]!.Points, p, shot.Landmarks, p)) / shot.Landmarks.OuterEyeDistance);
        Assert.InRange(errors.Average(), 0, 0.05);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void In_a_blank_picture_no_face_is_found(byte grey)
    {
        using var finder = ShippedFaces.Landmarks();
        var blank = new RgbImage(64, 64);
        Array.Fill(blank.Pixels, grey);
        Assert.Null(finder.Find([blank])[0]);
    }

    [Fact]
    public void Every_file_is_small_and_says_what_made_it_and_the_judge_learnt_from_other_data()
    {
        using var loss = FaceIdentity.Load(ShippedWeights.Resolve(IdentityDesign.Loss.Name));
        using var judge = FaceIdentity.Load(ShippedWeights.Resolve(IdentityDesign.Judge.Name));
        using var finder = LandmarkFinder.Load(ShippedWeights.Resolve(LandmarkFinder.Shipped));
        foreach (var (name, metadata) in new[] { (loss.Name, loss.Metadata), (judge.Name, judge.Metadata), (finder.Name, finder.Metadata) })
        {
            Assert.InRange(new FileInfo(ShippedWeights.Resolve(name)).Length, 1, 1_300_000);
            Assert.All(new[] { "licence", "command", "data", "step", "seed" }, fact => Assert.NotEmpty(metadata[fact]));
        }

        Assert.NotEqual(loss.Metadata["data"], judge.Metadata["data"]);
    }

    [Fact]
    public void The_content_loss_finds_its_network()
    {
        using var content = ContentLosses.ByName("identity", new(1), ShippedFaces.ContentLoss());
        Assert.Equal("identity", content.Name);
    }

    private static Shot[] Render(int person, int video, int frames)
    {
        var clip = new ProceduralVideo(ProceduralPerson.Create(Seed, person), video, Seed);
        return [.. Enumerable.Range(0, frames).Select(i => clip.Render(11 * i, 64))
            .Select(frame => new Shot(frame.Image, frame.Landmarks))];
    }
}
