package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Projects, what they are called and how they lie in one another. */
class ProjectsTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void projectsLieInOneAnotherAndCountWhatIsInThem() {
        store.call("task.create", "{'title': 'sow', 'project': 'House/Garden'}");
        store.call("task.create", "{'title': 'paint', 'project': 'House'}");
        JsonNode projects = store.call("project.list", "{}");
        assertThat(store.titles(projects)).containsExactly("Garden", "House");
        assertThat(projects.get(0).path("parent").asText()).isEqualTo(projects.get(1).path("id").asText());
        assertThat(projects.get(0).path("outstanding").asInt()).isEqualTo(1);
        assertThat(store.titles(store.call("next", "{'scope': 'House'}"))).containsExactly("sow", "paint");
        assertThat(store.titles(store.call("next", "{'scope': '@Garden'}"))).containsExactly("sow");

        assertThatThrownBy(() -> store.call("project.move", about(projects.get(1).path("id").asText()).put("parent", "Garden")))
                .hasMessageContaining("within itself");
        store.call("project.move", about(projects.get(0).path("id").asText()));
        assertThat(store.titles(store.call("next", "{'scope': 'House'}"))).containsExactly("paint");
    }

    @Test
    void aPathMakesTheProjectAtItsEndInTheOneBefore() {
        String cellar = store.call("project.create", "{'name': 'house/cellar'}").path("id").asText();
        JsonNode projects = store.call("project.list", "{}");
        assertThat(store.titles(projects)).containsExactly("cellar", "house");
        assertThat(projects.get(0).path("parent").asText()).isEqualTo(projects.get(1).path("id").asText());
        String task = store.call("task.create", "{'title': 'sweep', 'project': 'house/cellar'}").path("id").asText();
        assertThat(store.get(task).at("/task/project").asText()).isEqualTo(cellar);
        assertThat(store.create("project", "house/cellar", "")).isEqualTo(cellar);
        assertThatThrownBy(() -> store.call("project.create", "{'name': 'a/b', 'parent': 'c'}")).hasMessageContaining("say once");
        assertThatThrownBy(() -> store.call("node.update", about(cellar).put("title", "house/cellar"))).hasMessageContaining("no slash");
    }

    /** Else what is said to go there would go into somebody else's. */
    @Test
    void aPathToAProjectThatLiesElsewhereIsRefused() {
        store.call("task.create", "{'title': 'paint', 'project': 'house/attic'}");
        store.call("project.create", "{'name': 'shed'}");
        long before = store.ops();
        assertThatThrownBy(() -> store.call("task.create", "{'title': 'sow', 'project': 'garden/attic'}"))
                .hasMessageContaining("'attic' is in 'house', not in 'garden'").hasMessageContaining("heph project move 'attic' --into 'garden'");
        assertThatThrownBy(() -> store.call("task.create", "{'title': 'sow', 'project': 'garden/shed'}")).hasMessageContaining("is on its own");
        assertThatThrownBy(() -> store.call("project.create", "{'name': 'attic', 'parent': 'shed'}")).hasMessageContaining("is in 'house'");
        assertThatThrownBy(() -> store.call("project.create", "{'name': 'shed/attic'}")).hasMessageContaining("is in 'house'");
        assertThat(store.ops()).isEqualTo(before);
        assertThat(store.call("task.create", "{'title': 'sweep', 'project': 'attic'}").has("new_project")).isFalse();
        store.call("project.create", "{'name': 'shed', 'parent': 'garden'}");
        assertThat(store.call("task.create", "{'title': 'sow', 'project': 'garden/shed'}").has("new_project")).as("it lies there now").isFalse();
    }

    @Test
    void aPathMeansTheProjectAtItsEndWhereverOneIsNamed() {
        store.call("task.create", "{'title': 'paint', 'project': 'house/attic'}");
        store.call("task.create", "{'title': 'sweep', 'project': 'house'}");
        assertThat(store.titles(store.call("next", "{'scope': 'house/attic'}"))).containsExactly("paint");
        assertThat(store.titles(store.call("task.list", "{'where': '@house -@house/attic'}").path("tasks"))).containsExactly("sweep");
        assertThat(store.titles(store.call("search", "{'query': '@House/Attic'}").path("hits"))).containsExactlyInAnyOrder("attic", "paint");
        assertThatThrownBy(() -> store.call("next", "{'scope': '@garden/attic'}")).hasMessageContaining("no project 'garden/attic'");
    }

    @Test
    void aProjectOrTagIsNotRenamedToAnotherOnesName() {
        String home = store.call("project.create", "{'name': 'home'}").path("id").asText();
        store.call("project.create", "{'name': 'house'}");
        assertThatThrownBy(() -> store.call("node.update", about(home).put("title", "House"))).hasMessageContaining("there is a project 'House' already");
        store.call("node.update", about(home).put("title", "Home"));
        String tag = store.create("tag", "phone", "");
        store.create("tag", "call", "");
        assertThatThrownBy(() -> store.call("node.update", about(tag).put("title", "call"))).hasMessageContaining("there is a tag 'call' already");
    }

    @Test
    void theNameThatAProjectOrTagHadMeansIt() {
        String home = store.call("project.create", "{'name': 'home'}").path("id").asText();
        String tag = store.create("tag", "phone", "");
        store.call("node.update", about(home).put("title", "flat"));
        store.call("node.update", about(tag).put("title", "call"));
        JsonNode task = store.call("task.create", "{'title': 'paint', 'project': 'HOME', 'tags': ['phone']}");
        assertThat(task.at("/task/project").asText()).isEqualTo(home);
        assertThat(task.has("new_project")).isFalse();
        assertThat(store.titles(store.call("task.list", "{'where': '#call'}").path("tasks"))).containsExactly("paint");
        store.call("tag.remove", about(task.path("id").asText()).put("tag", "phone"));
        assertThat(store.call("tag.list", "{}").size()).as("it is on nothing any more").isZero();
        assertThat(store.call("project.create", "{'name': 'home'}").path("id").asText()).as("a new one when it is made by name").isNotEqualTo(home);
    }

    @Test
    void aProjectThatIsMadeByTheWayIsNamed() {
        String paint = task("paint");
        assertThat(store.call("task.create", "{'title': 'sow', 'project': 'house/garden'}").path("new_project").asText()).isEqualTo("house/garden");
        assertThat(store.call("task.create", "{'title': 'mow', 'project': 'Garden'}").has("new_project")).isFalse();
        assertThat(store.call("task.set_project", about(paint).put("project", "hosue")).path("new_project").asText()).isEqualTo("hosue");
        assertThat(store.call("task.set_project", about(paint).put("project", "house")).has("new_project")).isFalse();
        ObjectNode both = Json.object().put("project", "shed");
        both.putArray("ids").add(paint);
        assertThat(store.call("task.change", both).path("new_project").asText()).isEqualTo("shed");
        assertThat(store.call("task.change", both).has("new_project")).isFalse();
        assertThat(store.call("task.change", both.put("project", "none")).has("new_project")).isFalse();
    }

    private String task(String title) {
        return store.call("task.create", Json.object().put("title", title)).path("id").asText();
    }

    private static ObjectNode about(String id) {
        return Json.object().put("id", id);
    }
}
