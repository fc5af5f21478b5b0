namespace ForensicHeads.Datasets.Tests.Procedural;

public sealed class ProceduralVideoTests
{
    private const int Size = 96;

    [Fact]
    public void The_same_seed_gives_identical_bytes_in_any_order_and_on_any_thread()
    {
        var frames = new[] { 0, 7, 33, 120 };
        var first = Video(3, 1);
        var expected = frames.Select(frame => first.Render(frame, Size)).ToArray();
        var second = Video(3, 1);
        var again = frames.AsEnumerable().Reverse().AsParallel().AsOrdered().Select(frame => second.Render(frame, Size)).ToArray();
        Array.Reverse(again);
        for (var i = 0; i < frames.Length; i++)
        {
            Assert.Equal(expected[i].Image.Pixels, again[i].Image.Pixels);
            Assert.Equal(expected[i].Landmarks.Values, again[i].Landmarks.Values);
        }

        Assert.NotEqual(expected[0].Image.Pixels, new ProceduralVideo(ProceduralPerson.Create(2, 3), 1, 2).Render(0, Size).Image.Pixels);
        Assert.NotEqual(expected[0].Image.Pixels, expected[1].Image.Pixels);
    }

    [Fact]
    public void Names_and_attributes_are_those_of_the_person()
    {
        var person = ProceduralPerson.Create(5, 12);
        Assert.Equal("p00012", person.Name);
        Assert.Equal("p00012-v1", new ProceduralVideo(person, 1, 5).Name);
        Assert.Equal(person.Attributes, ProceduralPerson.Create(5, 12).Attributes);
        var people = Enumerable.Range(0, 200).Select(i => ProceduralPerson.Create(5, i).Attributes).ToArray();
        foreach (var tone in (string[])["dark", "medium", "light"]) Assert.InRange(people.Count(p => p.SkinTone == tone), 40, 95);
        foreach (var sex in (string[])["female", "male"]) Assert.InRange(people.Count(p => p.Sex == sex), 75, 125);
        foreach (var age in (string[])["young", "middle", "old"]) Assert.InRange(people.Count(p => p.Age == age), 35, 110);
        Assert.InRange(people.Count(p => p.Glasses), 30, 110);
        Assert.InRange(people.Count(p => p.Beard), 10, 60);
        Assert.DoesNotContain(people, p => p.Beard && p.Sex == "female");
    }

    [Fact]
    public void Landmarks_stay_in_the_picture_and_in_the_order_of_a_face()
    {
        for (var person = 0; person < 6; person++)
        {
            var video = Video(person, 0);
            for (var frame = 0; frame < 400; frame += 57)
            {
                var marks = video.Render(frame, Size).Landmarks;
                Assert.All(marks.Values, value => Assert.InRange(value, 0, Size - 1));
                Assert.True(marks[39].X < marks[42].X && marks[36].X < marks[39].X && marks[42].X < marks[45].X, "eyes from left to right");
                Assert.True(marks[0].X < marks[8].X && marks[8].X < marks[16].X, "jaw from left to right");
                Assert.True(marks[19].Y < marks[37].Y && marks[37].Y <= marks[41].Y + 0.1f && marks[41].Y < marks[33].Y,
                    "brow, eye, nose downwards");
                Assert.True(marks[33].Y < marks[51].Y && marks[51].Y < marks[57].Y && marks[57].Y < marks[8].Y,
                    "nose, lips, chin downwards");
                Assert.InRange((marks[8].Y - Math.Min(marks[19].Y, marks[24].Y)) / Size, 0.42, 0.68);
            }
        }
    }

    [Fact]
    public void Landmarks_scale_with_the_picture()
    {
        var video = Video(4, 0);
        var small = video.Render(40, 64).Landmarks.Resize(64, 192);
        var large = video.Render(40, 192).Landmarks;
        for (var i = 0; i < Landmarks68.Count; i++) Assert.True(Landmarks68.Distance(small, i, large, i) < 0.01, $"point {i}");
    }

    [Fact]
    public void The_mouth_opens_and_shows_dark()
    {
        var video = Video(2, 0);
        var shut = video.Render(new FacePose { Zoom = 1 }, Size);
        var open = video.Render(new FacePose { Zoom = 1, MouthOpen = 1 }, Size);
        Assert.InRange(Landmarks68.Distance(shut.Landmarks, 62, shut.Landmarks, 66), 0, 0.3);
        Assert.InRange(Landmarks68.Distance(open.Landmarks, 62, open.Landmarks, 66), 0.05 * Size, 0.2 * Size);
        var (x, upper) = open.Landmarks[62];
        var middle = open.Image[(int)x, (int)float.Lerp(upper, open.Landmarks[66].Y, 0.55f)];
        Assert.True(middle[0] + middle[1] + middle[2] < 240, "the inside of the mouth is dark");
    }

    [Fact]
    public void A_blink_closes_the_eyes()
    {
        var video = Video(2, 0);
        var open = video.Render(new FacePose { Zoom = 1 }, Size).Landmarks;
        var shut = video.Render(new FacePose { Zoom = 1, Blink = 1 }, Size).Landmarks;
        foreach (var eye in (int[])[36, 42])
        {
            Assert.InRange(EyeAspect(open, eye), 0.2, 0.6);
            Assert.InRange(EyeAspect(shut, eye), 0, 0.05);
        }

        var blinks = Enumerable.Range(0, 500).Select(frame => video.PoseAt(frame).Blink).ToArray();
        Assert.Contains(blinks, blink => blink > 0.8f);
        Assert.InRange(blinks.Count(blink => blink > 0.5f), 5, 100);
    }

    [Fact]
    public void Movement_is_smooth_and_mostly_frontal()
    {
        for (var person = 0; person < 10; person++)
        {
            var poses = Enumerable.Range(0, 1000).Select(Video(person, 0).PoseAt).ToArray();
            Assert.All(poses.Zip(poses.Skip(1)), pair => Assert.InRange(MathF.Abs(pair.First.Yaw - pair.Second.Yaw), 0, 0.06f));
            Assert.True(poses.All(pose => MathF.Abs(pose.Yaw) < 0.66f && MathF.Abs(pose.Pitch) < 0.3f && MathF.Abs(pose.Roll) < 0.2f));
            Assert.True(poses.Count(pose => MathF.Abs(pose.Yaw) < 0.35f) > 800);
        }
    }

    [Fact]
    public void People_differ_more_than_frames_of_one_person()
    {
        const int People = 6;
        var faces = Enumerable.Range(0, People).SelectMany(i => new[] { 5, 60, 140 }.Select(frame => (Person: i, Image: Face(i, frame))))
            .ToArray();
        var pairs = faces.SelectMany((a, i) =>
            faces.Skip(i + 1).Select(b => (Same: a.Person == b.Person, Difference: Difference(a.Image, b.Image)))).ToArray();
        var same = pairs.Where(pair => pair.Same).Average(pair => pair.Difference);
        var different = pairs.Where(pair => !pair.Same).Average(pair => pair.Difference);
        Assert.True(different > 2 * same, $"{different:F1} between people, {same:F1} within one");
    }

    private static ProceduralVideo Video(int person, int video) => new(ProceduralPerson.Create(1, person), video, 1);

    private static double EyeAspect(Landmarks68 marks, int eye) =>
        (Landmarks68.Distance(marks, eye + 1, marks, eye + 5) + Landmarks68.Distance(marks, eye + 2, marks, eye + 4))
            / (2 * Landmarks68.Distance(marks, eye, marks, eye + 3));

    // Between the outer eye corners and from brows to chin, in 24 × 24 samples that follow the face.
    private static byte[] Face(int person, int frame)
    {
        var (image, marks) = Video(person, 0).Render(frame, Size);
        var (left, right) = (marks[36].X, marks[45].X);
        var (top, bottom) = (marks[19].Y, marks[8].Y);
        return [.. Enumerable.Range(0, 24 * 24)
            .SelectMany(i => image[(int)float.Lerp(left, right, i % 24 / 23f), (int)float.Lerp(top, bottom, i / 24 / 23f)].ToArray())];
    }

    private static double Difference(byte[] a, byte[] b) => a.Zip(b).Average(pair => Math.Abs(pair.First - pair.Second));
}
